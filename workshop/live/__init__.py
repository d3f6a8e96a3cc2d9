"""The live channel: the parts of a room's pages, rendered once for everybody who sees the same, and sent as they change."""

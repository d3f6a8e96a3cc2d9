"""The live channel: parts of pages, rendered once for everybody who sees the same, sent as they change."""

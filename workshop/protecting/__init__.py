"""Pure: what in somebody's words could point at a person, what sounds like despair, and how two texts differ."""

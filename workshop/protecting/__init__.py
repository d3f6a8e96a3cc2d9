"""Pure: what in words could point at a person, sounds like despair, was changed, or runs in a spreadsheet."""

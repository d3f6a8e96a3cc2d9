"""The field's libraries beside our own counting: the same answer, and how much sooner."""

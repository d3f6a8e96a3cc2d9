"""The screenshots of `make pictures`: every scene, taken from the running app."""

"""Ballots in the files that others in the field write: text in, values out."""

"""Reads: they never write, and what they return is plain values for templates."""

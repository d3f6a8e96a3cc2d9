"""Tests of pure counting."""

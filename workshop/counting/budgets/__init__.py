"""Budgets: projects that cost something, a pot, and ballots that say which of them somebody wants."""

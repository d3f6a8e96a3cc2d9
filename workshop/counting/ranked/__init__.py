"""Ranked ballots: an item's place, 1 the best. Places may be shared; what has no place stands last, together."""

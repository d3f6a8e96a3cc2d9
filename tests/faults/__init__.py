"""`make faults`: everything that can go wrong goes wrong, and then the books are read: lost, duplicated, leaked."""

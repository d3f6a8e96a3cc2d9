"""The shelf: one folder for each kind, nothing else."""

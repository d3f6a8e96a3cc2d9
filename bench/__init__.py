"""The figures that Workshop promises, measured on the machine at hand against bare references of the same run."""

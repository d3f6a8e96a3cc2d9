"""Counting: values in, frozen results out; every result by side passes the small-cell rule of `sides`."""

"""The figures that Workshop promises, measured on the machine at hand against bare references of the same run."""

import os

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # as the app's own child is started

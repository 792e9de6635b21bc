"""Measurements, run by `packaging/dev.py bench`; never timed tests, because a busy computer is not a defect."""

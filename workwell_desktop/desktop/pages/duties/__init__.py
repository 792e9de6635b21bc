"""Duties of care: red flags, safeguarding, capacity, what is told for counts, and what was told without agreement."""

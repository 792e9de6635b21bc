"""Duties of care: red flags, safeguarding, capacity, disclosures, equality."""

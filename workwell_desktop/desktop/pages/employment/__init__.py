"""One person and work: where they stand, papers for being off work, changes at work."""

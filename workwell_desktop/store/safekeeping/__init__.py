"""Backups, proof that a store is whole, and what can be saved of one that is not."""

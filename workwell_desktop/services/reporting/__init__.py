"""The service summary: counts with small numbers hidden."""

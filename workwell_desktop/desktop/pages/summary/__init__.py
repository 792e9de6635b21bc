"""The service summary."""

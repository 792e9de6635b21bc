"""The guide, all keys, diagnostics and what this program is."""

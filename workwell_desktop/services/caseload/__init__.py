"""Whom I look after and what waits: Today, search, who is due."""

"""Exchanging changes with the partnership's hub, or by file. SQLAlchemy and psycopg are used here and in ``store``."""

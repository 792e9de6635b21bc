"""A case that travels: sent to another partnership, and taken in from one."""

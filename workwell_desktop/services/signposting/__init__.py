"""Services to point people to, and what came of it."""

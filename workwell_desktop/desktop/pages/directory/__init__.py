"""The service directory: looking through it, one entry of it, and what came of a service that was chosen."""

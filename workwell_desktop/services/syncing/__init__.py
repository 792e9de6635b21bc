"""One record across the team: the hub, syncing with it, and the exchange by file."""

"""The page Sync: what is only here, how the last sync went, joining a hub, and exchange by file."""

"""Keys: what opens the store, what signs a change, what signs a paper."""

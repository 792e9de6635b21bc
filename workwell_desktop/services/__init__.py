"""What people do: one function for each act, asked for by a desk, inside one unit of work."""

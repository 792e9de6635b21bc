"""The page for those who look after the hub: its computers and people."""

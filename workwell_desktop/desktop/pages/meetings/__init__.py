"""Sessions before and after they are held; each part of holding one has a room of its own."""

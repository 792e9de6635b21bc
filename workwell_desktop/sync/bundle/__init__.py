"""The exchange by file: two computers of one partnership that share no network, and a stick between them."""

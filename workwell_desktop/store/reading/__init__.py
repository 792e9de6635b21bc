"""What is made from the log to be read: the ordinary tables, search, records as plain objects."""

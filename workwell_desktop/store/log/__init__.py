"""The log of signed changes: what one is, how it is entered, and the unit of work around it."""

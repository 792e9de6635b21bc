"""The library: forms with their versions and rights, changes at work, services for the whole country."""

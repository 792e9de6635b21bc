"""The store on this computer: opening, settings, backups, undoing, two answers to one question."""

"""Papers: composing, previewing, approving, signing, releasing, checking."""

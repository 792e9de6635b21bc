"""MDT sessions: agenda, bringing a case, discussion, minutes, sign-off."""

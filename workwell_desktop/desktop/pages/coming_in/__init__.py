"""One referral that waits: what was said, the first talk, whether this is the right place, who helps from here."""

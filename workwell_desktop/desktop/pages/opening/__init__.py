"""What stands before anybody is signed in: beginning, joining, unlocking, a forgotten passphrase."""

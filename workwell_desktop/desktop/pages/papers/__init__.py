"""Papers of the register, what is handed out, what somebody brought, and checking any of them."""

"""Settings: what one person chooses, who works here, the teams, the partnership, and this computer."""

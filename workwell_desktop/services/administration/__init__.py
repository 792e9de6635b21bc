"""Who works here: people, teams, roles, grants and the site's own rules."""

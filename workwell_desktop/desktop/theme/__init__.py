"""How the window looks: tokens, scale, colours, fonts, icons, sheet."""

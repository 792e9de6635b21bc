"""What is true about people, episodes, sessions and plans; standard library only."""

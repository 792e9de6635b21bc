"""Today and Participants: what waits, and for whom."""

"""The pages about one person: who they are, what they agreed to, talks, risk, measures, and the end of a programme."""

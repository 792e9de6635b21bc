"""Forms and answers: conducting, scoring, measures, signing answers, the library."""

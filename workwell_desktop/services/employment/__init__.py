"""Work and evidence: jobs, fit notes, absence, advice to employers."""

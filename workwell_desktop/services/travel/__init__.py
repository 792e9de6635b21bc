"""A case that moves to another partnership and back: FHIR out and in."""

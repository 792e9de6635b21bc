"""Our records as FHIR R4 resources and back: the parts that a bundle, a response and a referral share."""

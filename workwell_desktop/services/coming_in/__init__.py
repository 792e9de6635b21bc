"""How somebody comes to the service: referral, agreement, needs, triage, waiting."""

"""One participant's record over time: obstacles, contacts, appointments, attachments, ending."""

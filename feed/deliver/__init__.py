"""What is owed to whom, and the ways to send it. Noted before it is sent, marked as paid after: so at least once."""

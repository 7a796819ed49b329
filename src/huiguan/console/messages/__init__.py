"""What was said to members, and what became of it."""

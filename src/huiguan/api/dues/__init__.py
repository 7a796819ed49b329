"""What members owe, paid and left with the house, for programs."""

"""Payments: what was asked for and what became of it, statements, and the sandbox one can look into."""

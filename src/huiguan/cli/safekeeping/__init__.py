"""Backups: one file that holds everything, says so itself, and can be put back."""

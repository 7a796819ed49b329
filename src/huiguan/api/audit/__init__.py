"""Who did what, as programs read it."""

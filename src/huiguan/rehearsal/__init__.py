"""Does this rulebook do what its examples say? Examples run on a throw-away database, through the public operations."""

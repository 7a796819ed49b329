"""Messages, for programs."""

"""Who carries messages: one small protocol, and the providers there are."""

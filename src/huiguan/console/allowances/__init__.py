"""What tills may take while they are offline."""

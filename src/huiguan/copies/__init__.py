"""What the house keeps of somebody, put together for her to take away and read."""

"""Two memberships of one person made one, and two again."""

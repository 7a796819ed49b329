"""A real installation, founded from empty: organisation, owner, shops, rulebook."""

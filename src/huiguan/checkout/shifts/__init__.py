"""Shifts and closed days: what should be in the drawer, what was counted, and the day as it stands in the books."""

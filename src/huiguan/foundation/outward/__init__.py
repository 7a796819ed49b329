"""Requests that leave the house: to checked addresses only, signed, and never waited for longer than told."""

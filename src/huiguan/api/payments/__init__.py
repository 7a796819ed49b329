"""Payments: asked for, refunded, reconciled; and the door at which providers tell of them."""

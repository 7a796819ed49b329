"""Checkout: what a sale costs, earns and uses up, and how it is undone."""

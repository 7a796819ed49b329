"""Coupons: what there is, its codes, another house's codes."""

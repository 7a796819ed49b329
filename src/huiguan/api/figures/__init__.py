"""Figures for the accountant."""

"""Nightly: in which order does the house do what falls due?"""

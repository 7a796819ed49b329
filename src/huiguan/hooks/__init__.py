"""Hooks: which programs are told of what happened, and did they hear it?"""

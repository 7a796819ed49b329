"""The words everything else is made of: amounts, moments, periods, rounding, texts, refusals, actors.

Pure: never imports Django, never reads the clock, never touches a file.
"""

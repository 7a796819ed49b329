"""Which version of which rulebook is in force, and who published it?"""

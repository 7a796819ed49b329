"""Which duty was broken, what measure follows, who hears the appeal?"""

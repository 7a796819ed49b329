"""Where does this matter stand, who decides next, what is missing, when does the clock run out?"""

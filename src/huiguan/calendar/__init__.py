"""Which day is it here: the local day, the month's window, the quarter of a day, a birthday's month?"""

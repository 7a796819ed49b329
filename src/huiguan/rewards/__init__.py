"""What can be had for points, and who gets the scarce one?"""

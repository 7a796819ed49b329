"""What was said to whom, by which way, and did it arrive?"""

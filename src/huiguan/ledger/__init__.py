"""Who holds how much of what, in which lots, why did it move, and what did they do per day."""

"""What members owe: charged, paid, written off, given back; deposits, the bank's statement, shares."""

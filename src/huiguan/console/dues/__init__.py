"""What members owe: by age, charge by charge, for everybody at once, and the bank's statement matched to it."""

"""What must come of every command, worked out from the rulebook's figures. Imports nothing of the product, on purpose."""

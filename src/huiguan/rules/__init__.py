"""What a rulebook can say: clauses, kinds, conditions, facts, effects, the compiler and the lint. Pure."""

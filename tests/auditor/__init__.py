"""A second opinion on the books: a model worked out from the clauses alone walks beside the product, command by command."""

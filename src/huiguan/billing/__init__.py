"""What is owed, paid and refunded, by which means of payment? It knows no sale: what a payment is for is a reference."""

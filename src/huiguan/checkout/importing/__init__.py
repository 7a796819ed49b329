"""Sales brought in from another till's export: what a row says, how rows make bills, how bills are committed."""

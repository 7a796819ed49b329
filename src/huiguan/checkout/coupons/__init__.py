"""Coupons in members' hands: claimed, turned in, handed out, locked, given on, revoked; and weighed for a sale."""

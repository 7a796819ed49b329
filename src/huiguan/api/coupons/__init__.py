"""/coupon-…: offers, codes, coupons in members' hands."""

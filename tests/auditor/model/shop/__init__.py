"""The model of a shop with stored value, coupons, packages and a mall."""

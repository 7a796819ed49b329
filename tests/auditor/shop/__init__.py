"""The second house of the auditor: stored value, coupons, packages and a mall, beside points."""

"""Packages at the till and at the counter: sold as a line of a sale, used, handed in, taken back, passed on."""

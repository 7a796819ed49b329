"""The demonstration's third house: 临安茶业同业公会, a trade association whose members apply, are decided on and kept to its rules."""

"""Those who take money for us, behind one protocol."""

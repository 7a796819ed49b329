"""The demonstration: 澹宁 (Danning), a fictional designer-wear brand, with a year of sales. Same seed, same year."""

"""The demonstration: 澹宁 (Danning), a fictional designer-wear brand, with a year of sales; a neighbourhood shop and a trade
association beside it. Same seed, same year."""

"""The demonstration's fourth house: 江东贵金属交易所, an exchange whose trading members report, are inspected, and pay in margin."""

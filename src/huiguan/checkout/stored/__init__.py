"""Value stored ahead: topped up, refunded, watched."""

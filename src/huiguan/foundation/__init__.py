"""How we write safely, once: one transaction, keys answered again, the audit chain, the clock. No domain word."""

"""Invoices: who asks for one, what may be invoiced, when it was issued and reversed. No vendor's wire is spoken."""

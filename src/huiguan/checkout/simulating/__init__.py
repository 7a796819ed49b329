"""Recorded months judged again by another rulebook: each member's own story told a second time, moving nothing."""

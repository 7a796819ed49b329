"""Matters: what waits for whom, one matter in review, and a new one taken down at the counter."""

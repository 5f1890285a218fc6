"""Family W: weights and their sums."""

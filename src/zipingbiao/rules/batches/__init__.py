"""Family B: several tables of a batch beside each other."""

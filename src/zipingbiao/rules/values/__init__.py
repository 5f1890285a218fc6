"""Family V: targets and actual values of single lines."""

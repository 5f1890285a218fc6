"""Family F: amounts and rates of the funds table."""

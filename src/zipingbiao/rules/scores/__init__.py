"""Family S: scores and the reasons given for them."""

"""What three families or more say and ask in the same way."""

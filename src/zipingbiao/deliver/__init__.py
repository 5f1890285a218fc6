"""What is handed to people who have no Python: the page."""

"""Family Y: the table against its approval and against last year."""

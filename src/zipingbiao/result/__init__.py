"""One file → FileResult, the rows and columns that others print, and every way to say it."""

"""Writing: a plan into an existing workbook without touching anything else, and new files."""

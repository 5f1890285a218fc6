"""What is to change in a workbook: scores, own sheets, repairs, undo, log."""

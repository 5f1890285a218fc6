"""New rows in a sheet of a workbook, in the look of one that is there; all else moves or keeps its bytes."""

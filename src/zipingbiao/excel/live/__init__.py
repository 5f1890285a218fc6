"""The workbook open in Excel: read as grids, changed by plans."""

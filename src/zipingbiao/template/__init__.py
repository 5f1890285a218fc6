"""The template workbook that accountants fill, written with XlsxWriter."""

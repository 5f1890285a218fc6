"""An existing report, kept in step with its workbook: figures change in place, all else stays as people wrote it."""

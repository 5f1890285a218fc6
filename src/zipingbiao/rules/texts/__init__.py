"""Family T: texts against table, funds and each other."""

"""One 自评表: its records, how it is found by label, its printed forms."""

"""Many files: found, read in isolation, consolidated into 汇总表."""

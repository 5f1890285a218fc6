"""What a text means: the one door for numbers, units, signs and dates; knows no cell and no table."""

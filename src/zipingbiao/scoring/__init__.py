"""Profile → line → total → grade; the one place with a formula of points or of the execution rate."""

"""A county that never was: what its departments send to the bureau, and what the bureau must make of it."""

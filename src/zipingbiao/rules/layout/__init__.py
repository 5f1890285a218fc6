"""Family L: what of the form cannot be found."""

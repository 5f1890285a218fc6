"""The Excel face: macros and functions over the same core, thin, importable without Excel."""

"""A file: bytes → cells → changes → bytes; the only room that knows file formats and their libraries."""

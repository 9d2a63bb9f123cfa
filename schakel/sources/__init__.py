"""Outside sources, one folder each: bytes in, checked rows out. No Django."""

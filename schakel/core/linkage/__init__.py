"""Statements about the same thing, and the one record that follows from them."""

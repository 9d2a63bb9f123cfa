"""Analyses: one module each, read from the register and computed by the core."""

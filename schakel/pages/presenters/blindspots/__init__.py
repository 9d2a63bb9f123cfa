"""Blind spots on pages: the grid, one service, one municipality, one cell, the questions, the method."""

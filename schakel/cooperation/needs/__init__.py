"""Needs: what is asked, who is invited, what they answer, what came of it."""

"""Views: read or search, present, render. Nothing else."""

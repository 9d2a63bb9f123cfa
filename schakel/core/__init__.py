"""What we can compute: pure functions on plain data. No Django, no database, no network, no wall clock."""

"""Where to open sites."""

"""What leaves the house on paper."""

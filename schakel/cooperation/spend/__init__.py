"""What a municipality spends: its lists of suppliers as sums, never as rows."""

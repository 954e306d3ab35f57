"""Stand-ins for values, and the way back."""

"""Privacy: what is passed on, what is memorised."""

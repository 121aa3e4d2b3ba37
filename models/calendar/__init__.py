"""Which days are worked, by whom."""

"""Which days are worked, by the country, the book and each person."""

"""What a running text says: days, speakers, clauses, names."""

"""What needs a manager now: found source by source, ordered by consequence, said in words."""

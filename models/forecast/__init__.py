"""What will be won: readings of a period, as of any day, and the bridge from one day to another."""

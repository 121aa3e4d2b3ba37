"""Team, region, salesperson."""

"""What a team means to reach, and how far it is."""

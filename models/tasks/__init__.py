"""What is to be done, and what meetings decided."""

"""Lists on paper and as PDF."""

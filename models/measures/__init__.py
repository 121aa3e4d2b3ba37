"""Numbers that people are judged by, each with its records."""

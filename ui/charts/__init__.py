"""Charts that answer a question and open their records."""

"""The business: entities, the book, measures, sheets. No Qt below this line."""

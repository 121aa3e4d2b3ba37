"""What goes out to a phone: calendar files, contact cards, messages."""

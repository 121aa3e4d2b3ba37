"""What is to be said at a moment, and when it may be said: never at night."""

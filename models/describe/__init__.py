"""What a field, an entity and a value are; everything generic derives from here."""

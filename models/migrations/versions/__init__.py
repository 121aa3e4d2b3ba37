"""The steps; each leads from the schema version before it to its own."""

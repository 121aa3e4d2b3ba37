"""The sheet-like grid, its editors and the record beside it, for any entity."""

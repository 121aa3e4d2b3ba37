"""Dialogs of more than one page."""

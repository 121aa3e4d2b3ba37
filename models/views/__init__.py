"""Saved views: what a list shows, in which order, grouped and summed how."""

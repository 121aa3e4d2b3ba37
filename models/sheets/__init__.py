"""Sheets in and sheets out."""

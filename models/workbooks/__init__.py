"""Workbooks for people: handed out, taken back, merged cell by cell."""

"""Screens: everything that a person sees; knows Qt, knows no database."""

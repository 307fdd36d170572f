"""Checks of a built page: each answers a list of what is wrong, and where."""

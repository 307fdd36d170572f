"""The programs that the lessons show; each is run before the site is built."""

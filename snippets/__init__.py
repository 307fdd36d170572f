"""The programs that the lessons show, each of them run."""

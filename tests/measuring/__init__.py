"""What ``tests/bench.py`` measures, and how."""

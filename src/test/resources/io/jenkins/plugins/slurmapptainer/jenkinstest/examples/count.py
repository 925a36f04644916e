"""Stands for a program that works on one of many parts: counts the rows of a table."""

import sys

rows = open(sys.argv[1]).read().splitlines()[1:]
print(f"{len(rows)} rows in {sys.argv[1]}")

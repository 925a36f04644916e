"""Sums up the second column of a CSV file."""
import argparse
import csv

parser = argparse.ArgumentParser()
parser.add_argument("--input", required=True)
arguments = parser.parse_args()

with open(arguments.input, newline="") as file:
    rows = list(csv.DictReader(file))
for row in rows:
    print(f"{row['sample']:>8} {row['value']:>4}")
print(f"Processed {len(rows)} rows, the values sum up to {sum(int(row['value']) for row in rows)}")

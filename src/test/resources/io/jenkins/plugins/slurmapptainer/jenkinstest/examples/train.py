"""Stands for a program that learns: reads what it is given, leaves a model and a picture."""

import argparse
import os
import pathlib
import pickle

arguments = argparse.ArgumentParser()
arguments.add_argument("--input")
arguments.add_argument("--model", default="model.pkl")
given = arguments.parse_args()
values = []
if given.input:
    assert pathlib.Path("conf/train.ini").exists()
    values = [int(line.split(",")[1]) for line in open(given.input).read().splitlines()[1:]]
with open(given.model, "wb") as model:
    pickle.dump(sum(values), model)
os.makedirs("plots/by-epoch", exist_ok=True)
pathlib.Path("plots/by-epoch/1.png").write_bytes(b"\x89PNG")
print(f"trained with {len(values)} values")

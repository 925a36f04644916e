"""Stands for a program that does not always succeed: two of its tasks need a second try, or more memory than a little."""

import os
import sys

task = int(os.environ["SLURM_ARRAY_TASK_ID"])
memory = int(os.environ.get("SLURM_MEM_PER_NODE", "0"))
first = int(os.environ["SLURM_ARRAY_TASK_COUNT"]) > 2
print(f"simulating {task}")
if task in (2, 5) and first and memory < 400:
    sys.exit(f"{task} did not converge")
with open(f"result-{task}.txt", "w") as result:
    result.write(f"{task * task}\n")

#!/bin/sh
# Runs the commands of a block of steps, all in one container. Standard input has a line for each: the name of a file with it. All commands
# end with this script.
commands=${0%/*}/commands
while read -r name; do
  case $name in
    end) break ;;
    '' | *[!0-9a-f]*) ;;
    *)
      # Who asks may ask again, if there is no answer for some time.
      if mv "$commands/$name" "$commands/$name.taken" 2>/dev/null; then
        SLURM_APPTAINER_COMMAND=$commands/$name sh "$commands/$name.taken" </dev/null &
      fi
      ;;
  esac
done
# Other jobs of the same account may be on this node.
for file in $(grep -lF "SLURM_APPTAINER_COMMAND=$commands/" /proc/[0-9]*/environ); do
  file=${file%/environ}
  kill -KILL "${file#/proc/}"
done 2>/dev/null

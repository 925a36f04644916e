
# This job holds an allocation for a block of steps. Its program is a server that runs their commands as they come. It reads the names of
# files with commands from the door, a pipe on this node. The files are in a directory that the head node sees, too.
commands=$records/commands
commands_mount="type=bind,\"source=${commands//\"/\"\"}\",\"destination=${commands//\"/\"\"}\""
open_door() {
  mkdir -p -m 700 "$commands" || no_room
  door_directory=$(mktemp -d /tmp/slurm-apptainer.XXXXXXXXXX) && mkfifo -m 600 "$door_directory/door" || {
    echo "Job $job_id cannot make a pipe in /tmp on node ${SLURMD_NODENAME:-$(hostname)}." >&2
    exit 74
  }
  exec {door}<>"$door_directory/door"
  printf '%s\n' "$door_directory/door" "${SLURM_CPUS_ON_NODE:-1}" >"$commands/open.new" && mv -fT "$commands/open.new" "$commands/open" || no_room
}
judge_tasks() {
  rm -rf -- "$door_directory" "$commands"
}

# Commands that srun starts from the head node have nothing of this script's environment, and nothing of that of the head node.
values_text() {
  local name
  printf 'commands_mount=%q\n' "$commands_mount"
  printf 'unset "${!APPTAINER_@}" "${!APPTAINERENV_@}" "${!SINGULARITY_@}" "${!SINGULARITYENV_@}"\n'
  for name in PATH LD_LIBRARY_PATH HOME TMPDIR LANG USER LOGNAME "${!APPTAINERENV_@}"; do
    [ -z "${!name+set}" ] || printf 'export %s=%q\n' "$name" "${!name}"
  done
}

# What steps keep beside the workspace, for example the log of a command.
provide_directory() {
  mkdir -p -- "$1" || {
    echo "Job $job_id cannot create $1, where steps keep files, on node ${SLURMD_NODENAME:-$(hostname)}." >&2
    exit 74
  }
}


# A command that runs a program on the node where it is called: in the image if there is one, after the same checks and with the same mounts
# and variables as on the first node. Each task of srun is one call, and scripts outside the image may call it.
task_command=$records/exec
ranks=        # the directory where calls that srun has made as the job's program tell how they failed
plain_values= # whether the build's variables have their own names, because the script runs outside the image

place_task_command() {
  {
    echo '#!/bin/bash'
    declare -f require_image locate require_below mount_for_build check_mounts_inside pass_task_variables task_program start_task run_task \
      end_task say hear await_program forward forward_signals signal_program
    declare -p container_prefix home_options plain_values ranks script_mount variable_names working_directory
    echo 'build_mounts=() check_mounts=() task_options=() value_prefix= stage=prepare signals= program= heard= told='
    echo "trap 'end_task \$?' EXIT"
    # shellcheck disable=SC2016 # for the other script
    echo 'forward_signals; task_program "$@"; exit'
  } >"$task_command.new" && chmod 500 "$task_command.new" && mv -fT "$task_command.new" "$task_command" || no_room
}

# The script runs outside the image and starts containers itself.
offer_container() {
  container_prefix=$value_prefix value_prefix= plain_values=yes
  place_task_command
  export SLURM_APPTAINER_EXEC=$task_command SLURM_APPTAINER_IMAGE=$1
}

# srun starts the script once for each task.
prepare_srun() {
  container_prefix=$value_prefix
  ranks=$records/ranks.$attempt
  mkdir -p -m 700 "$ranks" || no_room
  rm -f -- "$ranks"/* # of a start that was not to be
  srun_options=(--kill-on-bad-exit=1)
  # What a job asks for does not reach the steps in it since 22.05.
  [ -z "${SLURM_CPUS_PER_TASK:-}" ] || srun_options+=("--cpus-per-task=$SLURM_CPUS_PER_TASK")
  # What the tasks use is not in the cgroup of this script.
  measure_peak() {
    peak=0
  }
}

place_command_for_srun() {
  place_task_command
  # On TERM, srun would kill all tasks at once. This reaches the tasks, and not this script.
  signal_program() {
    scancel --quiet --signal="$1" "$SLURM_JOB_ID"
  } 2>/dev/null
}

# A file for each task, named after it like those of an array's tasks.
separate_task_output() {
  mkdir -p -m 700 "$job_directory/tasks" || no_room
  srun_options+=(--open-mode=append "--output=${job_directory//%/%%}/tasks/%t.log")
}

# What Slurm gives each task by itself. PMIx has a directory for its files, which need not be below /tmp.
pass_task_variables() {
  local name value
  for name in "${!SLURM_@}" "${!SLURMD_@}" "${!PMI_@}" "${!PMIX_@}" CUDA_VISIBLE_DEVICES GPU_DEVICE_ORDINAL ROCR_VISIBLE_DEVICES ZE_AFFINITY_MASK; do
    [ -z "${!name+set}" ] || export "APPTAINERENV_$name=${!name}"
  done
  for name in ${plain_values:+$variable_names}; do
    value=${!name-}
    [ -z "${!name+set}" ] || export "$container_prefix$name=${value//$'\r\n'/$'\r\r\n'}"
  done
  [ ! -d "${PMIX_SERVER_TMPDIR:-}" ] || task_options+=(--bind "$PMIX_SERVER_TMPDIR")
}

# Slurm signals only the process that it has started itself, which is this one. It hands signals on, like the batch script.
start_task() {
  local code name parent
  stage=program
  exec {news}<> <(:)
  run_task "$@" <&0 &
  parent=$!
  hear program 10
  for name in ${signals//,/ }; do
    signal_program "$name"
  done
  await_program "$parent"
  return "$code"
}

run_task() {
  trap '' HUP INT TERM USR1 USR2
  (
    trap - HUP INT TERM USR1 USR2
    say program "$BASHPID"
    cd -- "$1" || exit 72
    shift
    exec "$@" {news}>&-
  ) <&0 &
  wait "$!" 2>/dev/null
  say code "$?"
}

end_task() {
  [ "$1" -eq 0 ] || [ -z "$ranks" ] || printf '%s\n' "$1 $stage ${SLURMD_NODENAME:-$(hostname)}" >"$ranks/${SLURM_PROCID:-0}"
  exit "$1"
} 2>/dev/null

# srun ends the other tasks when one has failed, and its own exit code is then that of the ones that it has ended. Sets code, and says which
# tasks have failed by themselves, and where.
judge_tasks() {
  local rank value place node highest=0 number=0
  [ -n "$ranks" ] && [ "$code" -ne 0 ] || return 0
  while read -r rank; do
    read -r value place node <"$ranks/$rank" || continue
    [[ $value =~ ^[0-9]{1,3}$ ]] && [ "$value" -ne 143 ] || continue
    number=$((number + 1))
    [ "$number" -gt 10 ] || echo "Task $rank on node $node ended with exit code $value"
    if [ "$value" -gt "$highest" ]; then
      highest=$value
      stage=program
      [ "$place" != prepare ] || stage=prepare
    fi
  done < <(cd "$ranks" && printf '%s\n' * | sort -n)
  [ "$number" -le 10 ] || echo "So did $((number - 10)) more tasks, with exit codes up to $highest."
  [ "$highest" -eq 0 ] || code=$highest
} 2>/dev/null

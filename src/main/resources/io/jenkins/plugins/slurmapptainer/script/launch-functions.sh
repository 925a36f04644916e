
# A command that runs a program on the node where it is called: in the image if there is one, after the same checks and with the same mounts
# and variables as on the first node. Each task of srun is one call, and scripts outside the image may call it.
task_command=$records/exec
ranks=     # the directory where the tasks of srun write how they failed
begun=     # the file that the first of them makes on each node
task_logs= # the directory for their output, if it does not go to srun
values=    # what stands before the names of the build's variables until the program starts

place_task_command() {
  {
    printf '%s\n' '#!/bin/bash'
    values_text
    printf '%s=%q\n' ranks "$ranks" begun "$begun" task_logs "$task_logs" values "$values" variable_names "$variable_names" \
      script_mount "$script_mount" working_directory "$working_directory"
    printf '%s' 'home_options=('
    printf '%q ' "${home_options[@]}"
    printf '%s\n' ')' 'build_mounts=() check_mounts=() task_options=()' 'value_prefix= stage=prepare signals= program= heard= told= lost='
    task_command_text
  } >"$task_command.new" && chmod 500 "$task_command.new" && mv -fT "$task_command.new" "$task_command" || no_room
}
values_text() { :; }

# The script runs outside the image and starts containers itself. There, the build's variables have their own names, and the values that it
# has given them when it starts a container.
offer_container() {
  local prefix=$value_prefix
  value_prefix='' slurm_apptainer_variables=("${plain_variables[@]}")
  values_text() {
    printf 'for slurm_apptainer_name in %s; do\n' "$variable_names"
    printf '  slurm_apptainer_value=${!slurm_apptainer_name-}\n'
    printf '  [ -z "${!slurm_apptainer_name+set}" ] || export "%s$slurm_apptainer_name=${slurm_apptainer_value//%s/%s}"\n' \
      "$prefix" "\$'\\r\\n'" "\$'\\r\\r\\n'"
    printf 'done\n'
  }
  place_task_command
  export SLURM_APPTAINER_EXEC=$task_command SLURM_APPTAINER_IMAGE=$1
}

# srun starts the script once for each task.
prepare_srun() {
  require_program srun
  require_program scancel
  ranks=$records/ranks.$attempt begun=$records/begun.$attempt
  mkdir -p -m 700 "$ranks" || no_room
  rm -f -- "$ranks"/* "$begun" # of a start that was not to be
  srun_options=(--kill-on-bad-exit=1)
  # What a job asks for does not reach the steps in it since 22.05.
  [ -z "${SLURM_CPUS_PER_TASK:-}" ] || srun_options+=("--cpus-per-task=$SLURM_CPUS_PER_TASK")
  # What the tasks use is not in the cgroup of this script.
  measure_peak() {
    peak=0
  }
  # On TERM, srun would kill all tasks at once. This reaches the tasks, and not this script. Before there are tasks, it reaches nobody.
  late_signals=
  signal_program() {
    if [ -e "$begun" ]; then
      scancel --quiet --signal="$1" "$job_id"
    else
      late_signals+=" $1"
    fi
  } 2>/dev/null
  send_late_signals() {
    local name all=$late_signals
    [ -n "$all" ] && [ -e "$begun" ] || return 0
    late_signals=
    for name in $all; do
      signal_program "$name"
    done
  }
}

# A file for each task, named like those of an array's tasks. Who runs the script again by hand sees it all.
separate_task_output() {
  [ -z "${SLURM_APPTAINER_RERUN:-}" ] || return 0
  task_logs=$job_directory/tasks
  mkdir -p -m 700 "$task_logs" || no_room
}

# When one task has failed, srun ends the others with TERM, and its own exit code may be theirs. Sets code, and says which tasks have failed
# by themselves, and where.
judge_tasks() {
  local file value place killed got node each own= highest=0 number=0
  local -a failed=()
  [ -n "$ranks" ] && [ "$code" -ne 0 ] || return 0
  while read -r file; do
    read -r value place killed got node <"$file" || continue
    [[ $value =~ ^[0-9]{1,3}$ ]] || continue
    case ,$got, in *,TERM,*) got=ended ;; *) got=failed own=yes ;; esac
    failed+=("$value $place $killed $got ${file##*/} $node")
  done < <(printf '%s\n' "$ranks"/* | sort -V)
  for each in "${failed[@]}"; do
    read -r value place killed got file node <<<"$each"
    [ "$got" = failed ] || [ -z "$own" ] || continue
    number=$((number + 1))
    [ "$number" -gt 10 ] || [ -z "$own" ] || echo "Task $file on node $node ended with exit code $value"
    [ "$killed" != 1 ] || tasks_oom=yes
    if [ "$value" -gt "$highest" ]; then
      highest=$value
      stage=program
      [ "$place" != prepare ] || stage=prepare
    fi
  done
  [ "$number" -le 10 ] || [ -z "$own" ] || echo "So did $((number - 10)) more tasks, with exit codes up to $highest"
  if [ "$highest" -ne 0 ]; then
    code=$highest
  elif [ ! -e "$begun" ]; then # srun says why
    stage=prepare
  fi
} 2>/dev/null

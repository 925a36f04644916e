# sbatch puts the token that it authenticates with into the job's environment. Started anew without it, neither this script's
# first environment, which /proc shows, nor anything started below has it.
if [ -n "${SLURM_JWT+set}" ]; then
  exec env -u SLURM_JWT "$BASH" "$0" "$@"
fi

# A task of a job array has its own records and its own output; what it is submitted with is the array's.
job_id=$SLURM_JOB_ID
submitted_id=$SLURM_JOB_ID
records=$job_directory
output_log=$job_directory/output.log
if [ -n "$array" ]; then
  job_id=${SLURM_ARRAY_JOB_ID}_$SLURM_ARRAY_TASK_ID
  submitted_id=$SLURM_ARRAY_JOB_ID
  records=$job_directory/tasks/$SLURM_ARRAY_TASK_ID
  output_log=$records.log
fi

# Signals are handed on to the program, and remembered until there is one: also those that come while a node is just being taken down.
signals=
program=
forward() {
  signals=${signals:+$signals,}$1
  [ -z "$program" ] || signal_program "$1"
}
signal_program() {
  kill -s "$1" "$program"
} 2>/dev/null
forward_signals() {
  local name
  for name in HUP INT TERM USR1 USR2; do
    # shellcheck disable=SC2064 # the name is meant now
    trap "forward $name" "$name"
  done
}
forward_signals

# On a full or read-only file system there may be no record, and Slurm's word counts: that must not be a success.
no_room() {
  echo "Job $job_id cannot write to $job_directory on node ${SLURMD_NODENAME:-$(hostname)}." >&2
  exit 74
}

# The first to create the file owns it. Like much below without a process of its own: a node may start many jobs at once.
own() {
  local code
  set -o noclobber
  printf '%s\n' "$submitted_id" >"$job_directory/owner"
  code=$?
  set +o noclobber
  return "$code"
} 2>/dev/null

# Only the first job with this token does the work: a submission that was repeated by mistake ends here.
if [ -n "${SLURM_APPTAINER_RERUN:-}" ]; then
  records=$(mktemp -d "$job_directory/rerun.XXXXXX") || no_room # all nodes see it
  job_directory=$records announcements=$records
elif ! own; then
  for _ in 1 2 3; do # whoever creates the file fills it at once
    owner=$(cat "$job_directory/owner" 2>/dev/null)
    [ -z "$owner" ] || break
    sleep 1
  done
  if [ -z "$owner" ]; then
    no_room
  elif [ "$owner" != "$submitted_id" ]; then
    echo "Job $job_id does nothing: job $owner already runs this script." >&2
    echo "To run it again by hand: sbatch --export=ALL,SLURM_APPTAINER_RERUN=yes $job_directory/batch.sh" >&2
    exit 75 # not 0: it has not done what it was asked for
  fi
fi
if [ -n "$array" ]; then
  mkdir -p -m 700 "$records" || no_room
fi

# By a name in one directory for all jobs: where nothing is announced, the head node does not look.
announce() {
  true >"$announcements/$job_token${array:+.$SLURM_ARRAY_TASK_ID}.$1.$attempt"
} 2>/dev/null

# A slurmctld that was killed may have forgotten that it started this job, and starts it once more, under the same number.
restarts=${SLURM_RESTART_COUNT:-0}
attempt=$restarts
if [ -z "$may_requeue" ] && [ -e "$records/started.$restarts" ] && [ -e "$records/exit.$restarts" ]; then
  echo "Job $job_id does nothing: it has ended already, and Slurm starts it again." >&2
  announce ended
  exit 76
fi

stage=prepare
tasks_oom=
finished= # the program's exit code, when it has ended
# What srun starts inside this job gets this script's whole environment.
export SLURM_EXPORT_ENV=ALL

# How many processes of this job the kernel has killed for memory, in cgroup v2 and v1: sets kills.
count_oom_kills() {
  local controllers path file key value
  kills=
  while IFS=: read -r _ controllers path; do
    case ",$controllers," in
      ,,) file=/sys/fs/cgroup$path/memory.events ;;
      *,memory,*) file=/sys/fs/cgroup/memory$path/memory.oom_control ;;
      *) continue ;;
    esac
    [ -r "$file" ] || continue
    while read -r key value; do
      [ "$key" != oom_kill ] || kills+=" $value"
    done <"$file"
  done </proc/self/cgroup
} 2>/dev/null

# The most memory that this job's script and program have used at once, in bytes, where they have a cgroup of their own: sets peak.
measure_peak() {
  local controllers path file
  peak=0
  while IFS=: read -r _ controllers path; do
    [ "$path" != "${path#*/job_"$SLURM_JOB_ID"/}" ] || continue
    case ",$controllers," in
      ,,) file=/sys/fs/cgroup$path/memory.peak ;;
      *,memory,*) file=/sys/fs/cgroup/memory$path/memory.max_usage_in_bytes ;;
      *) continue ;;
    esac
    if [ -r "$file" ] && read -r peak <"$file"; then
      return
    fi
    peak=0
  done </proc/self/cgroup
} 2>/dev/null

# Sets now, in seconds since 1970.
read_clock() {
  if [ "${BASH_VERSINFO[0]}" -ge 5 ]; then
    now=$EPOCHSECONDS
  else
    now=$(date +%s)
  fi
}

# A record appears whole or not at all: written under another name, then renamed.
write_record() {
  printf '%s\n' "$2" >"$records/$1.tmp" && mv -f "$records/$1.tmp" "$records/$1"
}

# Kept for the record of the end, if the program fills the disk or uses up a quota: as much as Btrfs wants to have for a new name. Nothing
# that a file system could compress.
keep_room() {
  head -c 262144 /dev/urandom >"$records/room"
}

# Each start has a number and a record of its own, which are never another start's. A start that must not be has no record of a start.
begin_attempt() {
  local now new=$records/started.$SLURM_JOB_ID.tmp nodes=${SLURM_JOB_NODELIST:-${SLURMD_NODENAME:-}}
  [ ${#nodes} -le 255 ] || nodes=${SLURMD_NODENAME:-}
  while :; do
    read_clock
    printf '%s\n' "v1 token=$job_token job=$job_id attempt=$attempt time=$now node=$nodes" >"$new" || return
    ln "$new" "$records/started.$attempt" 2>/dev/null && break
    if [ ! -e "$records/started.$attempt" ]; then # a file system without hard links
      mv -f "$new" "$records/started.$attempt"
      return
    fi
    attempt=$((attempt + 1))
    [ -n "$may_requeue" ] || break
  done
  rm -f "$new"
}

# Sets size.
measure_file() {
  size=$(stat -c %s -- "$1" 2>/dev/null) || size=0
}

# A line of this script does not stand behind one that a program has left unended.
begin_line() {
  [ ! -s "$output_log" ] || [ -z "$(tail -c 1 "$output_log" 2>/dev/null | tr '\0' x)" ] || echo
}

# Why Slurm has ended this run, where only slurmstepd says so, in the job's output: a node that comes back may end the run after the one
# that was meant. Slurm calls that a failure of the job.
notice() {
  case ,$signals, in *,TERM,*) ;; *) return ;; esac
  tail -c "+$((output_before + 1))" "$output_log" 2>/dev/null | tail -c 1000000 |
    grep -aqE "^(slurmstepd[^ ]*:|\\[[0-9T:.-]+\\]) error: [*]{3} JOB $SLURM_JOB_ID ON [^ ]+ CANCELLED AT [^ ]+ DUE TO NODE FAILURE" &&
    echo ' notice=node'
}

# What there was before this run. Nothing else is set: the variables of a rerun by hand have not been read yet.
look_before() {
  local kills size
  count_oom_kills
  measure_file "$output_log"
  oom_before=$kills output_before=$size
}
look_before

# The program writes into a pipe, and what comes out of it is copied into the log at once. So nothing that was printed is lost, whatever a
# program does with its output: to open /dev/stderr anew empties a file. One pipe for output and errors keeps their order.
copy_output() {
  local lost=
  outlive_signals
  until cat; do # while there is no room, the program goes on without its output
    [ -n "$lost" ] || say lost "$output_log"
    lost=yes
    timeout --foreground 1 cat >/dev/null
  done
  say end
} 2>/dev/null

# Who cancels a job wants the program's last words: only KILL and the end of all that print end what copies them.
outlive_signals() {
  trap '' HUP INT QUIT TERM USR1 USR2 ALRM VTALRM PROF XCPU XFSZ IO PWR TSTP
}

# What a build wants back of the standard output, apart from the errors. A little more than the limit tells that there was more. Each piece
# is written as it comes: the end of a pipe that the program has left to others is not waited for.
copy_stdout() {
  local limit=$1 size
  outlive_signals
  if ! (ulimit -f $((limit / 1024 + 2)) && cat >"$stdout_file.new"); then
    measure_file "$stdout_file.new"
    [ "$size" -gt "$limit" ] || say lost "$stdout_file"
    say end_of_stdout # nothing is written any more
    cat >/dev/null
  fi
  say end_of_stdout
} 2>/dev/null

stdout_file=
# With a number: a build wants the standard output back, up to so many bytes.
start_program() {
  local pipe
  exec {pipe}<> <(:) {news}<> <(:) # opened for both, so that no end waits for the other
  copy_output </dev/fd/"$pipe" {pipe}>&- &
  copier=$!
  exec {printed}>/dev/fd/"$pipe" {pipe}>&-
  if [ -z "${1:-}" ] || [ -n "${SLURM_APPTAINER_RERUN:-}" ]; then
    exec {answers}>&"$printed"
  else
    stdout_file=$records/stdout
    rm -f -- "$stdout_file" "$stdout_file.new" # of an attempt before
    exec {pipe}<> <(:)
    copy_stdout "$1" </dev/fd/"$pipe" {pipe}>&- {printed}>&- &
    stdout_copier=$!
    exec {answers}>/dev/fd/"$pipe" {pipe}>&-
  fi
  stage=program
}

# What a process of this script tells it: a word and its value, written in one piece. The space in front is what hear waits for.
say() {
  echo " $1 ${2-}" >&"$news"
}

# Reads what the processes of this script say, until a word comes, or nothing for some seconds. A read that has a time limit may lose what
# it was reading when the time is up: it reads only the space.
lost=
heard=
told=
hear() {
  local word value
  while [[ " $heard " != *" $1 "* ]]; do
    read -t 0 -u "$news" || IFS= read -r -n 1 -t "$2" -u "$news" || return 1
    read -r -u "$news" word value
    case $word in
      program) program=$value ;;
      code) told=$value ;;
      lost) lost=$value ;;
    esac
    heard+=" $word"
  done
}

# Of the process that copies what comes out of it.
pipe_is_empty() {
  ! read -r -t 0 <>"/proc/$1/fd/0"
} 2>/dev/null

# All that the program printed is copied before it counts as ended. What it has left behind may hold the pipe and print on: nobody waits
# longer than two seconds for that. More than a pipe holds has been copied since then, or nothing is left in it.
drain_output() {
  local patience=2
  exec {printed}>&- {answers}>&-
  drain end "$copier" "$output_log" "$patience" || patience=0.1
  [ -z "$stdout_file" ] || drain_stdout "$patience"
}

# Whole when it has its name: another machine may see a file before all that was written to it.
drain_stdout() {
  drain end_of_stdout "$stdout_copier" "$stdout_file.new" "$1"
  if ! sync "$stdout_file.new" || ! mv -fT "$stdout_file.new" "$stdout_file"; then
    lost=$stdout_file
  fi
} 2>/dev/null

# Until the copier that says a word has copied all to its file, or a time is up. Where there is no room, neither the file grows nor need the
# pipe ever be empty.
drain() {
  local word=$1 from=$2 file=$3 size most rounds=0
  hear "$word" "$4" && return
  if [ ! -e "/proc/$from/fd/0" ] && ! hear "$word" 0.1; then # a program may have killed it
    lost=$file
  fi
  measure_file "$file"
  most=$((size + 2097152))
  until pipe_is_empty "$from" || [ "$size" -gt "$most" ]; do
    hear "$word" 0.1 && return
    measure_file "$file"
    rounds=$((rounds + 1))
    [ -z "$lost" ] || [ "$rounds" -lt 20 ] || break
  done
  hear "$word" 0.2 # what has been read is written
}

# Waits for the process that waits for the program, and says how that ended: sets code. Not with "wait", which in bash 5.2 can miss the end
# when a signal comes in the same moment, and then waits for ever.
send_late_signals() { :; } # for a script that srun starts, see there
await_program() {
  disown "$1" 2>/dev/null # bash would print that it was killed
  until hear code 1; do
    send_late_signals
    if ! kill -0 "$1" 2>/dev/null; then # somebody has killed it; it may have said so just before
      hear code 0.1
      break
    fi
  done
  code=${told:-137} # nothing but KILL ends it before it has spoken
}

# The shell does this also when a signal ends it that is not handed on, with the status of whatever command came before; and so does its
# child that is about to become the program. Neither tells how the program ended: Slurm has to.
end_attempt() {
  local code=${finished:-$1} oom=0 now size peak kills gone=("$records/room")
  [ "$BASHPID" = "$$" ] || return
  [ "$stage" = prepare ] || [ -n "$finished" ] || return
  count_oom_kills
  [ "$oom_before" = "$kills" ] && [ -z "$tasks_oom" ] || oom=1
  # After any other end Slurm may run the job again, and other tasks need the file; the head node then removes it when there is
  # an outcome.
  [ "$code" -ne 0 ] || [ -n "$signals$array" ] || gone+=("$job_directory/env")
  measure_file "$output_log"
  measure_peak
  rm -f -- "${gone[@]}"
  read_clock
  if ! write_record "exit.$attempt" \
    "v1 token=$job_token job=$job_id attempt=$attempt time=$now exit=$code stage=$stage signals=$signals oom=$oom output=$size peak=$peak$(notice)" && [ "$code" -eq 0 ]; then
    code=74
  fi
  announce ended
  [ -z "${SLURM_APPTAINER_RERUN:-}" ] || rm -rf -- "$records"
  exit "$code"
}

trap 'end_attempt $?' EXIT

begin_attempt || no_room
announce started
if [ -z "$may_requeue" ] && [ "$attempt" -gt "$restarts" ]; then
  echo "Job $job_id does nothing: it has been started before, and Slurm starts it again, although it was told not to." >&2
  exit 76
fi
begin_line
[ ! -e "$records/exit.$attempt" ] || rm -f -- "$records/exit.$attempt" # of a start that was not to be
keep_room || no_room

# Slurm starts the script in /tmp when it cannot enter the directory.
cd -- "$working_directory" || {
  echo "The directory $working_directory cannot be entered on node ${SLURMD_NODENAME:-$(hostname)}." >&2
  exit 72
}

# What the build gives the program, each NAME=value: no variables of this script, which could replace its own, and not exported
# before there is a program.
slurm_apptainer_variables=()
prefix= value_prefix=

variables_failed() {
  echo "The values of the build's variables ($variable_names) cannot be read from $job_directory/env on node" \
    "${SLURMD_NODENAME:-$(hostname)}: $1." >&2
  exit 78
}

# The values are in a file that goes when it has been read, or with the last run of a job that may run again.
read_variables() {
  local file=$job_directory/env entry name
  [ -n "$variable_names" ] || return
  if [ -n "${SLURM_APPTAINER_RERUN:-}" ]; then
    for name in $variable_names; do
      if [ -n "${!name+set}" ]; then
        slurm_apptainer_variables+=("$name=${!name}")
      else
        echo "The variable $name is not set: its value was given to the first run only. Export it before sbatch." >&2
      fi
    done
    return
  fi
  for _ in 1 2 3 4 5; do # a network file system may show it late
    [ ! -e "$file" ] || break
    sleep 1
  done
  [ -r "$file" ] || variables_failed "there is no such file"
  while IFS= read -r -d '' entry; do
    slurm_apptainer_variables+=("$entry")
  done <"$file"
  [ "${#slurm_apptainer_variables[@]}" -eq "$(wc -w <<<"$variable_names")" ] || variables_failed "it is not complete"
  [ -n "$may_requeue$array" ] || rm -f -- "$file"
}

read_variables

require_image() {
  [ -r "$1" ] && return
  echo "Image $1 cannot be read on node ${SLURMD_NODENAME:-$(hostname)}." >&2
  exit 66
}

# Where a file or directory is, after all links, as the kernel says, and which one it is there: sets real and identity.
locate() {
  local found name=
  real=$(realpath -e -- "$1" 2>/dev/null) || return
  [ -d "$real" ] || name=/${real##*/}
  found=$(cd -P -- "${real%"$name"}/" 2>/dev/null && env pwd -P && stat -c %d:%i -- ".$name") || return
  real=${found%$'\n'*} identity=${found##*$'\n'}
  real=${real%/}$name
  [ -n "$real" ] || real=/
}

# What is to be mounted is below one of the directories that are named after it, also after all links. Sets real and identity.
require_below() {
  local source=$1 root place which
  shift
  locate "$source" || {
    echo "Cannot mount $source: it is not there on node ${SLURMD_NODENAME:-$(hostname)}." >&2
    exit 66
  }
  place=$real which=$identity
  for root in "$@"; do
    locate "$root" || continue
    case $place in
      "$real" | "${real%/}"/*)
        real=$place identity=$which
        return
        ;;
    esac
  done
  echo "$source leads to $place on node ${SLURMD_NODENAME:-$(hostname)}, which is not below what may be mounted: $*." >&2
  exit 77
}

# A mount of the build's: its source, its destination, ",ro" or nothing, and the directories that builds may mount.
build_mounts=()
check_mounts=()
mount_for_build() {
  local source=$1 destination=$2 mode=$3
  shift 3
  require_below "$source" "$@"
  build_mounts+=(--mount "type=bind,\"source=${real//\"/\"\"}\",\"destination=${destination//\"/\"\"}\"$mode")
  check_mounts+=("$destination" "$identity" "$source")
}

# In the container, before the program: other jobs may have put something else where the checked files were. What checks it sees no variable of
# the build, which could change how the image's programs work; the program gets them all.
check_mounts_inside() {
  # shellcheck disable=SC2016 # the image's shell reads it
  check_mounts=(/bin/sh -c '
    slurm_apptainer_path=$PATH slurm_apptainer_names=$1 slurm_apptainer_mounts=$2
    shift 2
    PATH=/usr/bin:/bin
    command -v stat >/dev/null || {
      echo "The image has no stat in /usr/bin or /bin, which is needed to check mounts." >&2
      exit 77
    }
    while [ "$slurm_apptainer_mounts" -gt 0 ]; do
      [ "$(stat -L -c %d:%i -- "$1")" = "$2" ] || {
        echo "$1 is not what $3 was when it was checked: somebody has put something else there, or Apptainer has not mounted it, and says" \
          "why above. The program was not run." >&2
        exit 77
      }
      shift 3
      slurm_apptainer_mounts=$((slurm_apptainer_mounts - 1))
    done
    PATH=$slurm_apptainer_path
    for slurm_apptainer_name in $slurm_apptainer_names; do
      eval "[ -z \"\${SLURM_APPTAINER_VALUE_$slurm_apptainer_name+set}\" ] ||
        export $slurm_apptainer_name=\"\$SLURM_APPTAINER_VALUE_$slurm_apptainer_name\""
      unset "SLURM_APPTAINER_VALUE_$slurm_apptainer_name"
      # As Apptainer does it.
      [ "$slurm_apptainer_name" != LD_LIBRARY_PATH ] || LD_LIBRARY_PATH=$LD_LIBRARY_PATH:/.singularity.d/libs
    done
    exec "$@"' sh "$variable_names" "$((${#check_mounts[@]} / 3))" "${check_mounts[@]}")
  value_prefix+=SLURM_APPTAINER_VALUE_
}

preamble_failed() {
  local code=$?
  echo "'$1' ended with exit code $code on node ${SLURMD_NODENAME:-$(hostname)};" \
    "the cluster's configuration in Jenkins has this command run before the container program." >&2
  exit 71
}

require_program() {
  command -v "$1" >/dev/null && return
  echo "$1 was not found on node ${SLURMD_NODENAME:-$(hostname)} (PATH=$PATH)." >&2
  exit 69
}

# Settings that would silently change the container are dropped; what the job knows about itself goes in.
pass_environment_into_container() {
  local name
  prefix=APPTAINERENV_ value_prefix=APPTAINERENV_$value_prefix
  # The shell inside Apptainer (1.4) that sets them drops one CR before each LF.
  slurm_apptainer_variables=("${slurm_apptainer_variables[@]//$'\r\n'/$'\r\r\n'}")
  for name in "${!APPTAINER_@}" "${!APPTAINERENV_@}" "${!SINGULARITY_@}" "${!SINGULARITYENV_@}"; do
    unset "$name"
  done
  for name in $exported_names "${!SLURM_@}" "${!SLURMD_@}" CUDA_VISIBLE_DEVICES GPU_DEVICE_ORDINAL ROCR_VISIBLE_DEVICES \
    ZE_AFFINITY_MASK; do
    [ -z "${!name+set}" ] || export "$prefix$name=${!name}"
  done
}

# Tools keep caches and settings in the home directory, and an image has none that can be written to. The job's own, or the task's, is one
# that all nodes of the job see, and it goes with the job's directory. The account's is what the job's environment names, else what the
# node knows.
choose_home() {
  if [ "$1" = job ]; then
    home=$records/home
    mkdir -p -m 700 "$home" || no_room
    return
  fi
  for home in "${HOME:-}" "$(getent passwd "$(id -u)" 2>/dev/null | cut -d: -f6)"; do
    case $home in
      / | *:*) ;; # neither can be mounted
      /*) [ ! -d "$home" ] || return 0 ;;
    esac
  done
  echo "The account $(id -un 2>/dev/null || id -u) has no home directory on node ${SLURMD_NODENAME:-$(hostname)}: there is neither" \
    "'${HOME:-}', which HOME says, nor '$home', which the node says. With home: 'job' the job has one of its own." >&2
  exit 72
}

home_options=(--no-home)
provide_home() {
  local home name
  name=$(id -un 2>/dev/null) || name=$(id -u)
  export APPTAINERENV_USER="$name" APPTAINERENV_LOGNAME="$name"
  choose_home "${1:-job}"
  case $home in
    *:*) ;; # Apptainer would take what follows for another path
    *) home_options=(--home "$home") ;; # --containall shows this one, too
  esac
}

# On the host it is the account's, if there is one that can be written to, unless the build chooses.
provide_home_on_host() {
  local home
  [ $# -gt 0 ] || [ -z "${HOME:-}" ] || [ ! -d "$HOME" ] || [ ! -w "$HOME" ] || return
  choose_home "${1:-job}"
  export HOME=$home
}

# A default of the image's: what the job itself sets goes first.
image_variable() {
  local name=APPTAINERENV_$1
  [ -n "${!name+set}" ] || export "$name=$2"
}

# The program's script, a file of its own: a program may read it as often as it likes, from any node of the job.
script_file=$job_directory/script
# The same as a field of what --mount reads, which is CSV.
script_mount="type=bind,\"source=${script_file//\"/\"\"}\",\"destination=${script_file//\"/\"\"}\",ro"

has_script() {
  [ -f "$script_file" ] && [ "$(script_text | sha256sum)" = "$(sha256sum <"$script_file")" ]
}

# The file appears whole. Tasks of an array share it, so it is only replaced where a run before has changed it: on a network file system
# that would take it from those that read it.
place_script() {
  local new=$script_file.$SLURM_JOB_ID.$attempt.$BASHPID TMPDIR=$job_directory # for bash, which writes a long here-document into a file first
  if has_script; then
    return
  fi
  { script_text >"$new" && { chmod 555 "$new" || [ -x "$new" ]; }; } || {
    rm -f -- "$new"
    no_room
  }
  if [ -z "$array" ] || ! ln "$new" "$script_file" 2>/dev/null && ! has_script; then
    mv -fT "$new" "$script_file" || no_room
  else
    rm -f -- "$new"
  fi
}

# The program's parent. It is all that a program ends that kills its parent, and its end is told like any other. Signals do nothing here: the
# program gets them, and a shell that one wakes while it waits may never learn how its child has ended (bash 5.2).
run() {
  trap '' HUP INT TERM USR1 USR2
  (
    trap - HUP INT TERM USR1 USR2 # also because what bash starts in the background ignores INT
    say program "$BASHPID"
    [ ${#slurm_apptainer_variables[@]} -eq 0 ] || export "${slurm_apptainer_variables[@]/#/$value_prefix}"
    exec "$@" {news}>&-
  ) <&0 >&"$answers" 2>&"$printed" {printed}>&- {answers}>&- & # bash would give it /dev/null
  exec {printed}>&- {answers}>&-
  wait "$!" 2>/dev/null
  set -- $?
  say code "$1"
  exit "$1"
}

judge_tasks() { :; } # the same

finish() {
  local code name parent=$!
  hear program 10
  for name in ${signals//,/ }; do # what came before there was a program to receive it
    signal_program "$name"
  done
  await_program "$parent"
  drain_output
  begin_line
  judge_tasks
  if [ -n "$lost" ]; then
    echo "Some of what the program printed is lost: it could not be written to $lost."
    [ "$code" -ne 0 ] || code=74
  fi
  if [ "$code" -eq 0 ]; then
    echo "$1 completed" || code=74 # on a full disk, what the program has printed is not complete either
  else
    echo "$1 ended with exit code $code"
  fi
  finished=$code
  exit "$code"
}

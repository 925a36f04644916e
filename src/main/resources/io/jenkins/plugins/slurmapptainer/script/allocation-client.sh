# Runs on the head node, for a step in a block that has an allocation. What Jenkins would have run here runs in the allocation.
usual=$(umask)
umask 077
job=$1 commands=$2 mode=$3 directory=$4 result=$5
shift 5
cluster=()
if [ "$job" != "${job%;*}" ]; then
  cluster=("--clusters=${job#*;}")
  job=${job%;*}
fi
# Nothing of this environment reaches the job.
in_job=(srun "${cluster[@]}" "--jobid=$job" --overlap --nodes=1 --ntasks=1 --relative=0 --mem=0 --quiet --chdir=/ --export=NIL)

# The job can write where these files are: a link there leads nowhere, and a pipe holds nobody up.
look_into() {
  dd if="$1" iflag=nofollow,nonblock bs=4096 count=1 2>/dev/null
}

# durable-task, which runs sh, looks at nothing but its files.
tell_result() {
  [ -z "$result" ] || [ -e "$result" ] || { (set -o noclobber && echo "$1" >"$result.$$") && mv -fT "$result.$$" "$result"; }
}
fail() {
  echo "$1" >&2
  [ -z "$result" ] || echo "$1" | dd of="${result%/*}/jenkins-log.txt" oflag=append,nofollow,nonblock conv=notrunc 2>/dev/null
  tell_result 255
  exit 255
}

# As one word for every POSIX shell. A single quote ends the quoted text, so that it is written outside of it.
quote() {
  local apostrophe="'\\''"
  printf "'%s'" "${1//\'/$apostrophe}"
}

# Looking at the directory asks a network file system for what is new in it.
exists() {
  local each
  for each in "$commands"/*; do
    [ "$each" != "$commands/$1" ] || return 0
  done
  return 1
}

door='' cpus=1
find_door() {
  local i
  for ((i = 0; i < 600; i++)); do
    if exists open; then
      { read -r door && read -r cpus; } < <(look_into "$commands/open")
      [[ $door =~ ^/tmp/slurm-apptainer\.[A-Za-z0-9]+/door$ && $cpus =~ ^[0-9]{1,6}$ ]] && return
      fail "Job $job has said something strange about itself in $commands/open."
    fi
    [ -d "$commands" ] || [ "$i" -lt 100 ] || break
    sleep 0.1
  done
  fail "Job $job does not take commands: there is no $commands/open."
}

# One step of Slurm carries the names of all commands to the node: the carrier. It reads them from a pipe on this machine, and ends with the
# job. It holds a lock as long as it lives.
private=/tmp/slurm-apptainer-$UID
carrier=${commands%/*}
carrier=$private/${carrier##*/}
private_is_ours() {
  [ -O "$private" ] && [ ! -L "$private" ] && [ -d "$private" ]
}
connect() {
  mkdir -m 700 "$private" 2>/dev/null
  private_is_ours || fail "$private on $(hostname) belongs to somebody else."
  exec {lock}>"$private/lock"
  flock -w 20 "$lock" || fail "$private/lock is held by another process for too long."
  exec {alive}>"$carrier.alive"
  if flock -n "$alive"; then
    rm -f -- "$carrier.line"
    find "$private" '(' -name '*.log' -mtime +0 -o -name '*.running' -mtime +30 ')' -delete # why carriers have ended, and what ran
    mkfifo "$carrier.line" || fail "There is no room for a pipe in $private."
    exec {connection}<>"$carrier.line" # what is written to a pipe that nobody has open is lost
    # Without what Jenkins looks for when it ends processes, and without what only one command may know.
    (
      unset "${!SLURM_APPTAINER_@}" "${!JENKINS_@}" BUILD_ID
      # shellcheck disable=SC2016 # for the shells that are started
      exec setsid bash -c '
        "$@" 2>"$0.log"
        flock -w 20 "${0%/*}/lock" rm -f -- "$0".{line,alive}' "$carrier" \
        "${in_job[@]}" --output=none --error=none --cpus-per-task=1 /bin/sh -c 'exec cat >"$1"' sh "$door"
    ) <&"$connection" >/dev/null 2>&1 {lock}>&- {connection}>&- &
  else
    [ -p "$carrier.line" ] || fail "There is no pipe $carrier.line any more."
    exec {connection}<>"$carrier.line"
  fi
  exec {lock}>&- {alive}>&-
}

say() {
  connect
  printf '%s\n' "$1" >&"$connection"
  exec {connection}>&-
}

# A file with one command, for any POSIX shell. What must not be seen by others is in it and nowhere else. It goes with this script, unless
# the job has taken it.
file=
write_command() {
  local name value word text="rm -f -- \"\$0\"" line=$'\n'
  file=$commands/$1
  shift
  trap 'rm -f -- "$file" "$file.new" "$file.code"' EXIT
  trap 'exit 143' HUP INT TERM
  for name in $SLURM_APPTAINER_NAMES; do
    value=SLURM_APPTAINER_VALUE_$name
    text+="${line}export $name=$(quote "${!value}x")"
    text="${text%x\'}'"
  done
  [ -z "$SLURM_APPTAINER_PATH" ] || text+="${line}PATH=$(quote "$SLURM_APPTAINER_PATH"):\$PATH"
  text+="${line}cd -- $(quote "$directory") &&"
  for word in "$@"; do
    text+=" $(quote "${word}x")"
    text="${text%x\'}'"
  done
  text+="${line}code=\$?${line}"
  if [ "$mode" = foreground ]; then
    text+="echo \"\$code\" >\"\$0.new\" && mv \"\$0.new\" \"\${0%.taken}.code\""
  elif [ -n "$result" ]; then # what cannot be started tells nobody
    text+="set -- $(quote "$result")${line}[ -e \"\$1\" ] || echo \"\$code\" >\"\$1\""
  fi
  printf '%s\n' "$text" >"$file.new" && mv -fT "$file.new" "$file" || fail "There is no room for a command in $commands."
}

# What Slurm said about the carrier, without what a terminal or a log would take for something else.
trouble() {
  look_into "$carrier.log" | tr -cd '[:print:]' | cut -c1-300
}

# Whoever ends commands knows them by this, and nothing else tells whose command it is when the job is over.
note_command() {
  local last=${!#} note cookie of pattern='} & jsc=([A-Za-z0-9-]+); JENKINS_SERVER_COOKIE='
  for note in "$carrier".*.running; do # durable-task removes the directory of a command that has ended
    { read -r cookie && read -r of; } <"$note" && [ -d "${of%/*}" ] || rm -f -- "$note"
  done
  [[ ! $last =~ $pattern ]] || printf '%s\n' "JENKINS_SERVER_COOKIE=${BASH_REMATCH[1]}" "$result" >"$carrier.$1.running"
} 2>/dev/null

# The job has the command, or had it: nobody else tells the result if the job is over.
taken() {
  note_command "$@"
  ! is_over || tell_result 143
}

# The same for all commands that have all of these variables.
tell_results() {
  local note wanted cookie
  private_is_ours || return
  for note in "$carrier".*.running; do
    { read -r cookie && read -r result; } <"$note" || continue
    for wanted in "$@"; do
      [ "$wanted" = "$cookie" ] || continue 2
    done
    tell_result 143
    rm -f -- "$note"
  done
} 2>/dev/null

is_over() {
  local each
  for each in "${commands%/*}"/exit.*; do
    [[ ! ${each##*/} =~ ^exit\.[0-9]+$ ]] || return 0
  done
  return 1
}

# Until the server has taken it. It is asked again, in case that the carrier has just ended.
run_in_background() {
  local name round i
  find_door
  name=$(od -An -N8 -tx1 /dev/urandom | tr -d ' \n')
  write_command "$name" "$@"
  for round in 1 2 3; do
    say "$name"
    for ((i = 0; i < 100; i++)); do
      exists "$name" || {
        taken "$name" "$@"
        return 0
      }
      sleep 0.1
    done
  done
  mv -fT "$file" "$file.new" 2>/dev/null || {
    taken "$name" "$@"
    return 0
  }
  fail "Job $job has not taken a command within 30 s. $(trouble)"
}

run_in_foreground() {
  local name code end='' i
  find_door
  name=$(od -An -N8 -tx1 /dev/urandom | tr -d ' \n')
  write_command "$name" "$@"
  unset "${!SLURM_APPTAINER_@}"
  umask "$usual" # srun hands it on
  "${in_job[@]}" --cpus-per-task="$cpus" /bin/bash "${commands%/*}/exec" sh "$file"
  code=$?
  # srun would complain of every code that is not zero.
  for ((i = 0; i < 50 && code == 0; i++)); do
    if exists "$name.code"; then
      read -r end < <(look_into "$file.code")
      break
    fi
    sleep 0.1
  done
  [ "$code" -eq 0 ] || exit "$code"
  [[ $end =~ ^[0-9]{1,3}$ ]] || fail "Job $job has not said how a command ended."
  exit "$end"
}

# All processes of the job on its first node that have all of these variables: first asked, then forced. A command may be just about to begin.
kill_all() {
  if is_over; then
    tell_results "$@"
    return
  fi
  # shellcheck disable=SC2016 # for the shell on the node
  "${in_job[@]}" --cpus-per-task=1 /bin/bash -c '
    PATH=$PATH:/usr/bin:/bin
    found() {
      files=(/proc/[0-9]*/environ)
      for variable in "$@"; do
        mapfile -t files < <(grep -lzxF -e "$variable" "${files[@]}" /dev/null)
      done
      files=("${files[@]%/environ}")
      echo "${files[@]#/proc/}"
    } 2>/dev/null
    set -- "$@" "SLURM_JOB_ID=$SLURM_JOB_ID"
    for ((i = 0; i < 30; i++)); do
      [ -z "$(found "$@")" ] || break
      sleep 0.1
    done
    for signal in TERM KILL; do
      for ((i = 0; i < 50; i++)); do
        processes=$(found "$@")
        [ -n "$processes" ] || exit 0
        [ "$i" -gt 0 ] || kill -s "$signal" $processes
        sleep 0.1
      done
    done' bash "$@"
  ! is_over || tell_results "$@"
}

case $mode in
  background) run_in_background "$@" ;;
  foreground) run_in_foreground "$@" ;;
  kill) kill_all "$@" ;;
  end)
    find_door
    say end
    rm -f -- "$carrier".*.running
    ;;
esac

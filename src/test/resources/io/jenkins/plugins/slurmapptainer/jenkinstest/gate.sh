#!/bin/bash
# Stands before Slurm's command of the same name: notes the call under the job's name, and stops where a test has put a
# gate, until that is taken away. Gives up when its caller is gone.
here=$(dirname "$0")
gates=$(dirname "$here")
command=$(basename "$0")
PATH=${PATH#"$here":}

case $command in
    sbatch) job=$(sed -n 's/^#SBATCH --job-name=//p' "${@: -1}") ;;
    *) job=$(squeue --noheader --format=%j --jobs="${@: -1}") ;;
esac

# pass before|after
pass() {
    local gate="$gates/$command-$1-$job"
    [ -e "$gate" ] || return 0
    echo $$ > "$gate.reached"
    while [ -e "$gate" ]; do
        kill -0 "$PPID" 2> /dev/null || exit 1
        sleep 0.1
    done
}

pass before
echo "$job" >> "$gates/$command.calls"
answer=$("$command" "$@")
status=$?
pass after
[ -z "$answer" ] || printf '%s\n' "$answer"
exit $status

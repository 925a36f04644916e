#!/bin/bash
# health.sh REPORTS NAME [SECONDS]: watches the cluster of CLUSTER_DIR while tests use it, as root, until it is ended. A node that stays COMPLETING,
# DOWN, DRAIN or silent for SECONDS (60), a stopped slurmstepd or slurmd and a slurmctld that does not answer are said with their jobs and
# processes, counted as a failed test in REPORTS/TEST-cluster-health.NAME.xml, and mended, so that the other tests go on.
set -eu -o pipefail

report=$1/TEST-cluster-health.$2.xml log=$1/cluster-health.$2.log patience=${3:-60}
lib=$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/../cluster/lib
for part in common settings generation environment packages daemons software accounting slurm; do
    # shellcheck source=/dev/null
    . "$lib/$part.sh"
done
# shellcheck disable=SC2034 # settings_list reads it
here=$(readlink -f "$lib/..")
declare -A since mended

# troubles: one a line, as KIND SUBJECT STATE; nothing while all is well. A node that one short job after another leaves is COMPLETING whenever
# somebody looks, so there each job is a subject of its own.
troubles() {
    local nodes node pid
    for pid in $(daemons_stopped); do printf 'stopped %s\n' "$pid"; done
    if ! nodes=$(timeout 10 sinfo -h -N -o '%N %T' 2> /dev/null); then
        printf 'silent slurmctld\n'
        return
    fi
    sort -u <<< "$nodes" | awk '$2 ~ /^(down|drain|fail|unknown)|\*$/ {print "node", $1, toupper($2)}'
    for node in $(sort -u <<< "$nodes" | awk '$2 == "completing" {print $1}'); do
        if [ -z "$(jobs_of "$node" CG)" ]; then printf 'completing %s COMPLETING\n' "$node"; fi
    done
    timeout 10 squeue -h -t CG -o 'job %A COMPLETING' 2> /dev/null | sort -u || :
}

# The cluster's processes that somebody has stopped. Slurm itself stops only what jobs run.
daemons_stopped() {
    local pid
    for pid in $(slurmstepds; daemon_pids); do
        if [ "$(process_state "$pid")" = T ]; then printf '%s\n' "$pid"; fi
    done
}
daemon_pids() {
    local name
    for name in $(daemon_names); do daemon_pid "$name" || :; done
}
slurmstepds() {
    local file pid
    for file in $(grep -lx slurmstepd /proc/[0-9]*/comm 2> /dev/null); do
        pid=${file#/proc/} pid=${pid%/comm}
        if [ "/proc/$pid/cwd" -ef "$CLUSTER_DIR/log" ]; then printf '%s\n' "$pid"; fi
    done
}
# One letter: S sleeps, T is stopped, D waits for a device, …
process_state() { sed 's/.*) \(.\).*/\1/' "/proc/$1/stat" 2> /dev/null || :; }
process_title() { tr '\0' ' ' < "/proc/$1/cmdline" 2> /dev/null | sed 's/ *$//' || :; }

# step_job PID: the id that its title has: slurmstepd: [4711.batch]
step_job() { process_title "$1" | sed -n 's/^slurmstepd: \[\([0-9]*\)\..*/\1/p'; }

# processes JOB…: the slurmstepd of these jobs, and what they do.
processes() {
    local pid job title state
    for pid in $(slurmstepds); do
        job=$(step_job "$pid")
        if [ -n "$job" ] && [[ " $* " == *" $job "* ]]; then
            title=$(process_title "$pid") state=$(process_state "$pid")
            # One that has just ended has no title.
            if [ -n "$title" ]; then printf '%s (%s, state %s)\n' "$pid" "$title" "$state"; fi
        fi
    done | paste -sd , | sed 's/,/, /g'
}

# jobs_of NODE [STATES]
jobs_of() { timeout 10 squeue -h -w "$1" ${2:+-t "$2"} -o %A 2> /dev/null | sort -u | paste -sd ' '; }
node_of() { timeout 10 squeue -h -j "$1" -o %N 2> /dev/null | head -n 1; }

# describe SECONDS KIND SUBJECT [STATE]
describe() {
    local jobs job found
    case $2 in
        silent) printf 'slurmctld has not answered for %s s; its process is %s\n' "$1" "$(daemon_pid slurmctld || echo gone)" ;;
        stopped)
            job=$(step_job "$3")
            if [ -n "$job" ]; then
                printf 'node %s: process %s of job %s has been stopped for %s s: %s\n' "$(node_of "$job")" "$3" "$job" "$1" "$(process_title "$3")"
            else
                printf 'process %s has been stopped for %s s: %s\n' "$3" "$1" "$(process_title "$3")"
            fi ;;
        node | completing)
            jobs=$(jobs_of "$3")
            # shellcheck disable=SC2086 # words
            found=$(processes $jobs)
            printf 'node %s has been %s for %s s; its jobs: %s; their processes: %s\n' "$3" "$4" "$1" "${jobs:-none}" "${found:-none}" ;;
        job)
            found=$(processes "$3")
            printf 'node %s: job %s has been %s for %s s; its processes: %s\n' "$(node_of "$3")" "$3" "$4" "$1" "${found:-none}" ;;
    esac
}

# mend TIME KIND SUBJECT: TIME is how often it was tried before; each time does more.
mend() {
    local job
    case $1.$2 in
        0.stopped)
            job=$(step_job "$3")
            if [ -n "$job" ]; then end_job "$job"; else kill -KILL "$3" 2> /dev/null || :; fi
            sleep 1
            repair ;;
        0.job) end_job "$3" ;;
        0.node | 0.completing)
            for job in $(jobs_of "$3" CG); do end_job "$job"; done
            timeout 10 scontrol update "nodename=$3" state=resume 2> /dev/null || :
            repair ;;
        0.silent)
            kill -KILL "$(daemon_pid slurmctld)" 2> /dev/null || :
            sleep 1
            repair ;;
        1.*) timeout --kill-after=10 300 "$here/cluster" restart || : ;;
        *)
            export CLUSTER_PORT CLUSTER_USER NODES CPUS MEMORY ACCOUNTING CGROUPS KILL_WAIT MIN_JOB_AGE
            EXTRA_SLURM_CONF=$(sed -n '/^EXTRA_SLURM_CONF=/,$ { s/^EXTRA_SLURM_CONF=//; p }' "$CLUSTER_DIR/settings") || :
            timeout --kill-after=10 300 "$here/cluster" down || :
            EXTRA_SLURM_CONF=$EXTRA_SLURM_CONF timeout --kill-after=10 900 "$here/cluster" up || : ;;
    esac
}

# Its slurmstepd with all below it; that cannot tell the job's end, so the job is cancelled, too.
end_job() {
    local pid
    timeout 10 scancel "$1" 2> /dev/null || :
    for pid in $(slurmstepds); do
        if [ "$(step_job "$pid")" = "$1" ]; then kill_tree "$pid"; fi
    done
}

# Starts what does not run, and takes nodes back.
repair() { ( lock "$CLUSTER_DIR/lock" 60; slurm_healthy || slurm_start ) || :; }

# fail WORDS: said at once, and once more at the end of the run; a failed test of the report.
fail() {
    printf '%sFAILED: %s%s\n' "${red:-}" "$1" "${plain:-}"
    printf '%s\n' "$1" >> "$log"
    report
}
report() {
    local line
    {
        printf '<testsuite name="cluster health" tests="%s" failures="%s" errors="0" skipped="0">\n' \
            "$(wc -l < "$log")" "$(wc -l < "$log")"
        while IFS= read -r line; do
            printf '<testcase classname="cluster" name="health"><failure message="%s"/></testcase>\n' \
                "$(sed 's/&/\&amp;/g; s/</\&lt;/g; s/"/\&quot;/g' <<< "$line")"
        done < "$log"
        printf '</testsuite>\n'
    } > "$report"
}

# watch: looks once. A trouble that has just been mended gets the same time again before more is done.
watch() {
    local now=$SECONDS trouble key list
    declare -A seen
    list=$(troubles)
    while IFS= read -r trouble; do
        [ -n "$trouble" ] || continue
        # shellcheck disable=SC2086 # words
        set -- $trouble
        key="$1 $2"
        seen[$key]=1
        : "${since[$key]:=$now}"
        if [ $((now - since[$key])) -ge "$patience" ]; then
            fail "$(describe $((now - since[$key])) "$@")"
            mend "${mended[$key]:-0}" "$@"
            mended[$key]=$((${mended[$key]:-0} + 1))
            # What else is wrong may come of the same.
            for key in "${!since[@]}"; do since[$key]=$SECONDS; done
            return
        fi
    done <<< "$list"
    for key in "${!since[@]}"; do
        if [ -z "${seen[$key]:-}" ]; then unset "since[$key]" "mended[$key]"; fi
    done
}

if [ "${BASH_SOURCE[0]}" = "$0" ]; then
    settings_load
    settings_restore
    env_load
    : > "$log"
    # What it is mending it ends.
    enough=
    trap 'enough=1' TERM
    while [ -z "$enough" ]; do
        watch
        sleep 5 &
        wait $! || :
    done
fi

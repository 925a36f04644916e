#!/bin/bash
# fault-driver.sh FOLDER: does what the requests in it ask for, as root: faults of daemons and nodes, and of jobs where a user may not.
# Each is one line in a file NUMBER.request, written by the cluster's user, so nothing but these words and numbers is heeded. While one is
# done, the file is called NUMBER.running. What really happened stands in the file `events`: from when to when (seconds since 1970), the words.
set -eu -o pipefail

requests=$1
lib=$(dirname "$(readlink -f "$0")")/../cluster/lib
for part in common settings generation environment daemons; do
    # shellcheck source=/dev/null
    . "$lib/$part.sh"
done
settings_load
env_load
number='[0-9]{1,9}' seconds='[0-9]{1,3}' node='n[12]'
known="(suspend $number $seconds|release $number|(node-down|crash-node|kill-slurmd) $node $seconds|partition-down [a-z0-9]{1,9} $seconds"
known+="|(restart|kill|freeze)-slurmctld $seconds|stop-slurmdbd $seconds|refuse-job $node $number $seconds)"

start_slurmctld() { daemon_start slurmctld slurmctld -f "$SLURM_CONF"; }
start_slurmd() {
    local options=()
    if [ -n "$SLURM" ]; then options=(-d "$CLUSTER_DIR/slurm/bin/slurmstepd"); fi
    daemon_start "slurmd-$1" slurmd -N "$1" -f "$SLURM_CONF" "${options[@]}"
}

kill_daemon() {
    local pid
    pid=$(daemon_pid "$1") || return 0
    kill -KILL "$pid"
    wait_until 5 process_gone "$pid"
}

# Whatever happens meanwhile, it must come true in the end, or be true already.
insist() {
    local i words
    for ((i = 0; i < 60; i++)); do
        if words=$(timeout 10 "$@" 2>&1) || [[ $words == *'Invalid node state'* ]]; then return; fi
        sleep 1
    done
}

# tree PID: that process and all below it.
tree() {
    local child children
    printf '%s\n' "$1"
    read -r -d '' -a children < <(cat "/proc/$1"/task/*/children 2> /dev/null) || :
    for child in "${children[@]}"; do tree "$child"; done
}

# Kills all at once that a node runs, so that nothing of it can report an end.
crash() {
    local id file pid victims=()
    for id in $(timeout 10 squeue -h -w "$1" -o %A 2> /dev/null); do
        while read -r file; do
            pid=${file#/proc/} pid=${pid%/cmdline}
            if [ "/proc/$pid/cwd" -ef "$CLUSTER_DIR/log" ]; then mapfile -t -O "${#victims[@]}" victims < <(tree "$pid"); fi
        done < <(grep -lazE "^slurmstepd: \[$id\." /proc/[0-9]*/cmdline 2> /dev/null)
    done
    if pid=$(daemon_pid "slurmd-$1"); then victims+=("$pid"); fi
    kill -STOP "${victims[@]}" 2> /dev/null || :
    kill -KILL "${victims[@]}" 2> /dev/null || :
    kill_daemon "slurmd-$1"
}

# refuse NODE ID SECONDS: the node takes it that it was told to end the job that many seconds from now, as it would if the clock of slurmctld
# had been set back since. Until then it refuses to start the job: "Job credential revoked". slurmd keeps each job that it has been told to
# end in this file: its number, then the time (eight bytes), most significant byte first (22.05 to 24.11).
refuse() {
    daemon_stop "slurmd-$1" 10
    perl -0777 -pi -e 'BEGIN { ($id, $seconds) = (pack("N", shift), shift) } s/\Q$id\E\K.{8}/pack "Q>", time + $seconds/se' \
        "$2" "$3" "$CLUSTER_DIR/spool/$1/cred_state"
    start_slurmd "$1"
}

# Slurm notices that a job is no longer there when the job's node registers, unless slurmctld or the job was started in the last
# 20 s; by itself that may take it half an hour. Jobs do not mind a slurmd that ends in good order.
notice_soon() {
    : > "$CLUSTER_DIR/run/notice.$EPOCHSECONDS"
}
notice() {
    local node
    for node in n1 n2; do
        daemon_stop "slurmd-$node" 10
        start_slurmd "$node"
    done
    take_back
}

# A slurmctld that was killed may start a job that still runs. The node says so, and slurmctld takes the node for a broken one.
take_back() {
    local node
    for node in $(timeout 10 sinfo -h -N -t drain -o '%N %E' 2> /dev/null | awk '/Duplicate jobid/ {print $1}' | sort -u); do
        insist scontrol update "nodename=$node" state=resume
    done
}

# One at a time of those that would undo each other's work.
alone() {
    ( flock 8; "$@"; exit ) 8> "$CLUSTER_DIR/run/faults.lock"
}

fault() {
    local pid
    case $1 in
        suspend)
            if timeout 10 scontrol suspend "$2" > /dev/null 2>&1; then
                sleep "$3"
                for _ in 1 2 3 4 5; do timeout 10 scontrol resume "$2" > /dev/null 2>&1 && break; sleep 2; done
            fi ;;
        release) timeout 10 scontrol release "$2" ;;
        node-down)
            insist scontrol update "nodename=$2" state=down reason=test
            sleep "$3"
            insist scontrol update "nodename=$2" state=resume ;;
        partition-down)
            insist scontrol update "partitionname=$2" state=down
            sleep "$3"
            insist scontrol update "partitionname=$2" state=up ;;
        crash-node)
            crash "$2"
            sleep "$3"
            start_slurmd "$2"
            notice_soon ;;
        kill-slurmd)
            kill_daemon "slurmd-$2"
            sleep "$3"
            start_slurmd "$2" ;;
        refuse-job) refuse "$2" "$3" "$4" ;;
        restart-slurmctld)
            daemon_stop slurmctld 20
            sleep "$2"
            start_slurmctld ;;
        kill-slurmctld)
            kill_daemon slurmctld
            sleep "$2"
            start_slurmctld
            notice_soon ;;
        freeze-slurmctld)
            pid=$(daemon_pid slurmctld) || return 0
            kill -STOP "$pid"
            sleep "$2"
            kill -CONT "$pid" ;;
        stop-slurmdbd)
            daemon_stop slurmdbd 20
            sleep "$2"
            daemon_start slurmdbd slurmdbd ;;
    esac
}

# handle WORDS…: the fault, and a line about it.
handle() {
    local begin
    begin=$(date +%s.%N)
    fault "$@" || :
    printf '%s %s %s\n' "$begin" "$(date +%s.%N)" "$*" >> "$requests/events"
}

# The cluster goes down next, so nothing needs to be put right; but what is under way must not hit the next cluster, and a stopped daemon
# could not end.
finish() {
    local process
    trap - TERM
    for process in $(jobs -p); do kill_tree "$process"; done
    kill -CONT "$(daemon_pid slurmctld)" 2> /dev/null || :
    exit 0
}
trap finish TERM
: > "$requests/events"
touch "$requests/ready"
while :; do
    for request in "$CLUSTER_DIR"/run/notice.*; do
        if [ -e "$request" ] && [ $((EPOCHSECONDS - ${request##*.})) -ge 30 ]; then
            rm "$request"
            alone notice &
        fi
    done
    for request in "$requests"/*.request; do
        if [ ! -f "$request" ] || [ -L "$request" ]; then continue; fi
        running=${request%.request}.running
        mv "$request" "$running"
        read -r words < "$running" || :
        if [[ $words =~ ^$known$ ]]; then
            # shellcheck disable=SC2086 # words, as checked
            case $words in
                *slurm*|crash-node*|refuse-job*) { alone handle $words; rm -f "$running"; } & ;;
                *) { handle $words; rm -f "$running"; } & ;;
            esac
        else
            rm -f "$running"
        fi
    done
    sleep 0.2
done

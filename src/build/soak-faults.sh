#!/bin/bash
# soak-faults.sh FOLDER: does what the requests in it ask for, as root: faults of daemons and nodes, and of jobs where a user may not.
# Each is one line in a file NUMBER.request, written by the cluster's user, so nothing but these words and numbers is heeded.
set -eu -o pipefail

requests=$1
lib=$(dirname "$(readlink -f "$0")")/../cluster/lib
for part in common settings generation environment daemons; do
    # shellcheck source=/dev/null
    . "$lib/$part.sh"
done
settings_load
env_load

# Without the lock, which a daemon would hold for ever.
start_slurmctld() { daemon_start slurmctld slurmctld -f "$SLURM_CONF" 8>&-; }

# Whatever happens meanwhile, it must come true in the end.
insist() {
    local i
    for ((i = 0; i < 60; i++)); do
        if timeout 10 "$@" > /dev/null 2>&1; then return; fi
        sleep 1
    done
}

fault() {
    local pid
    case $* in
        'suspend '*)
            if timeout 10 scontrol suspend "$2" > /dev/null 2>&1; then
                sleep "$3"
                for _ in 1 2 3 4 5; do timeout 10 scontrol resume "$2" > /dev/null 2>&1 && break; sleep 2; done
            fi ;;
        'release '*) timeout 10 scontrol release "$2" ;;
        'node-down '*)
            insist scontrol update "nodename=$2" state=down reason=soak
            sleep "$3"
            insist scontrol update "nodename=$2" state=resume ;;
        'restart-slurmctld '*) (
            flock 8
            daemon_stop slurmctld 20
            sleep "$2"
            start_slurmctld ) 8> "$CLUSTER_DIR/run/soak.lock" ;;
        'freeze-slurmctld '*) (
            flock 8
            pid=$(daemon_pid slurmctld) || exit
            kill -STOP "$pid"
            sleep "$2"
            kill -CONT "$pid" ) 8> "$CLUSTER_DIR/run/soak.lock" ;;
    esac
}

# The cluster goes down next, so nothing needs to be put right, but a stopped daemon could not end.
trap 'jobs -p | xargs -r kill 2> /dev/null; kill -CONT "$(daemon_pid slurmctld)" 2> /dev/null; exit' TERM
touch "$requests/ready"
while :; do
    for request in "$requests"/*.request; do
        if [ ! -f "$request" ] || [ -L "$request" ]; then continue; fi
        running=${request%.request}.running
        mv "$request" "$running"
        read -r words < "$running" || :
        if [[ $words =~ ^((suspend|release)\ [0-9]{1,9}|node-down\ n[12]|restart-slurmctld|freeze-slurmctld)\ [0-9]{1,2}$ ]]; then
            # shellcheck disable=SC2086 # words, as checked
            { fault $words || :; rm -f "$running"; } &
        else
            rm -f "$running"
        fi
    done
    sleep 0.3
done

#!/bin/bash
# faults.sh REPORTS: the tests that disturb their cluster or need it set up in a special way, on real clusters of their own: one without
# accounting and one with it, a queue that forgets at once and, where Slurm has one, a rate limit. They mostly wait, so both run at once. On the
# former run those, too, that see the shared folder as over NFS. The reports go to the folder REPORTS.
set -eu -o pipefail
. "$(dirname "$0")/common.sh"
. "$(dirname "$0")/own-cluster.sh"

reports=$1
export KILL_WAIT=5

# group NAME TAGS [SETTING]: the tests with the tags, on a cluster with that line in slurm.conf. In a subshell, of which it leaves nothing behind.
group() {
    local status=0 watcher
    own_cluster "${FAULTS_CLUSTER:-faults}" "${FAULTS_CLUSTER_PORT:-20817}"
    trap own_cluster_down EXIT
    trap 'exit 143' INT TERM
    own_cluster_up "${3:-}"
    cluster_load
    publish
    faults_start
    # Tests leave a node down for up to a minute, on purpose.
    "$root/src/build/health.sh" "$reports" "$1" 150 7>&- &
    watcher=$!
    tests "$1" "$2" || status=1
    if [ "$1" = disturbed ]; then
        cached_view=$run/no-cached-view
        tests cached 'cluster & disturbing & cached' || status=1
    fi
    kill "$watcher" 2> /dev/null || :
    wait "$watcher" || :
    exit "$status"
}

# tests NAME TAGS: those with the tags, on the cluster that is up.
tests() {
    local status=0
    rm -rf "$run/reports"
    mkdir "$run/reports"
    give "$run/reports"
    as_disturber "$java" -cp "$class_path" org.junit.platform.console.ConsoleLauncher execute \
        --scan-classpath "$run/classes/test-classes" --include-tag "$2" \
        --reports-dir "$run/reports" --disable-banner --details testfeed --disable-ansi-colors || status=1
    cp "$run/reports/TEST-junit-jupiter.xml" "$reports/TEST-$1.xml" || status=1
    return "$status"
}

limit=
# 22.05 would not start with it.
if [ -n "${SLURM:-}" ] || [ "$(slurmctld -V | grep -oE '[0-9]+' | head -n 1)" -ge 23 ]; then
    limit='SlurmctldParameters=rl_enable,rl_bucket_size=20,rl_refill_rate=4'
fi
status=0
( ACCOUNTING=1 MIN_JOB_AGE=2 group accounting 'cluster & accounting' "$limit" ) &
accounting=$!
( ACCOUNTING=0 group disturbed 'cluster & disturbing & !cached' ) &
disturbed=$!
trap 'kill "$accounting" "$disturbed" 2> /dev/null || :; wait; exit 143' INT TERM
wait "$disturbed" || status=1
wait "$accounting" || status=1
exit "$status"

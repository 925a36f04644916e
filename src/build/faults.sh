#!/bin/bash
# faults.sh REPORTS: the tests that disturb their cluster or need it set up in a special way, on real clusters of their own: first without
# accounting, then with it, a queue that forgets at once and, where Slurm has one, a rate limit. The reports go to the folder REPORTS.
set -eu -o pipefail
. "$(dirname "$0")/common.sh"
. "$(dirname "$0")/own-cluster.sh"

reports=$1 status=0
own_cluster "${FAULTS_CLUSTER:-faults}" "${FAULTS_CLUSTER_PORT:-20817}"
trap own_cluster_down EXIT
trap 'exit 143' INT TERM

# tests NAME TAGS: those with the tags, on the cluster that is up.
tests() {
    cluster_load
    publish
    faults_start
    rm -rf "$run/reports"
    mkdir "$run/reports"
    give "$run/reports"
    as_disturber java -cp "$class_path" org.junit.platform.console.ConsoleLauncher execute \
        --scan-classpath "$run/classes/test-classes" --include-tag "$2" \
        --reports-dir "$run/reports" --disable-banner --details tree --disable-ansi-colors || status=1
    cp "$run/reports/TEST-junit-jupiter.xml" "$reports/TEST-$1.xml" || status=1
    own_cluster_down
}

export KILL_WAIT=5
ACCOUNTING=0 own_cluster_up
tests disturbed 'cluster & disturbing'

export ACCOUNTING=1 MIN_JOB_AGE=2
limit=
# 22.05 would not start with it.
if [ -n "${SLURM:-}" ] || [ "$(slurmctld -V | grep -oE '[0-9]+' | head -n 1)" -ge 23 ]; then
    limit='SlurmctldParameters=rl_enable,rl_bucket_size=20,rl_refill_rate=4'
fi
own_cluster_up "$limit"
tests accounting 'cluster & accounting'
exit "$status"

#!/bin/bash
# Many jobs of random behaviour under random faults, on a real cluster of its own: `make soak [SEED=n] [JOBS=300] [ACCOUNTING=1]`.
# With KILLS=1 slurmctld is killed, too. It then forgets its last seconds: it starts jobs again, calls others what they are not, and gives
# ids away once more. Which outcomes nobody can know then stands in docs/how-a-job-ends.md; the judge excuses those and no others.
# Ends with 1 if an outcome was wrong, a job ran twice or was lost.
set -eu -o pipefail
. "$(dirname "$0")/common.sh"
. "$(dirname "$0")/own-cluster.sh"

seed=${SEED:-$RANDOM} jobs=${JOBS:-300}
[[ $seed =~ ^[0-9]{1,9}$ && $jobs =~ ^[1-9][0-9]{0,5}$ ]] || die 'SEED and JOBS must be numbers'
kills=${KILLS:-0}
export CPUS=12 KILL_WAIT=5

own_cluster "${SOAK_CLUSTER:-soak}" "${SOAK_CLUSTER_PORT:-19817}"
trap own_cluster_down EXIT
trap 'exit 143' INT TERM
own_cluster_up
if central_is_stale; then
    say 'soak: building'
    central_build -q -DskipTests package
fi
cluster_load
publish
rm -rf "$SHARED_DIR/soak" "$SHARED_DIR/tests" # the tokens come from the seed, and so do the names of folders
faults_start

say "soak: SEED=$seed JOBS=$jobs, $(sinfo --version), $([ "${ACCOUNTING:-0}" = 1 ] && echo with || echo without) accounting$([ "$kills" = 0 ] || echo ', slurmctld is killed, too')"
status=0
as_disturber "$java" -Xmx512m -cp "$class_path" io.jenkins.plugins.slurmapptainer.soak.Soak "$seed" "$jobs" "$kills" || status=$?
say "soak: SEED=$seed JOBS=$jobs ended with $status"
exit "$status"

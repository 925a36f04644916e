#!/bin/bash
# Measures the plugin on a real cluster of its own, and what people do without it beside: `make bench`. Nothing here fails for being slow.
# BENCH_OUT names a file for the table as Markdown, BENCH_PARTS some of: matching submissions staging streaming lines ends
# blocks operations queries. BENCH_OUT=FILE.md gets the figures as FILE.json and a picture of them as FILE.svg beside it.
set -eu -o pipefail
. "$(dirname "$0")/common.sh"

export CLUSTER_DIR=${BENCH_CLUSTER_DIR:-/var/tmp/slurm-apptainer/bench} CLUSTER_PORT=${BENCH_CLUSTER_PORT:-18817}
export AS_USER_KEEP='BENCH_WINDOW BENCH_JOBS BENCH_MEGABYTES BENCH_STAGED_MEGABYTES'
unset SHARED_DIR IMAGES_DIR MOUNTS_DIR

down() { "$root/src/cluster/cluster" down > /dev/null 2>&1 || :; }

trap down EXIT
"$root/src/cluster/cluster" up
if central_is_stale; then
    say 'bench: building'
    central_build -q -DskipTests package
fi
cluster_load
publish

out=$run/bench/figures.md
rm -f "${out%.md}".{md,json,svg}
mkdir -p "$run/bench"
give "$run/bench"
IFS=' ' read -r -a parts <<< "${BENCH_PARTS:-}"
as_user "$java" -Xmx256m -cp "$class_path" io.jenkins.plugins.slurmapptainer.bench.Bench "$out" "${parts[@]}"
if [ -n "${BENCH_OUT:-}" ]; then
    for kind in md json svg; do
        [ ! -e "${out%.md}.$kind" ] || cp "${out%.md}.$kind" "${BENCH_OUT%.md}.$kind"
    done
    [[ $BENCH_OUT = *.md ]] || mv "$BENCH_OUT.md" "$BENCH_OUT"
    say "written: $BENCH_OUT"
fi

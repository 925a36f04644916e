#!/bin/bash
# Runs DEMO_JENKINSFILE on DEMO_WORKSPACE with the plugin's engine, on a real cluster and without Jenkins. Called by `make demo`.
set -eu -o pipefail
. "$(dirname "$0")/common.sh"

jenkinsfile=${DEMO_JENKINSFILE:-$root/docs/examples/Jenkinsfile}
workspace=${DEMO_WORKSPACE:-}
[ -r "$jenkinsfile" ] || die "JENKINSFILE is no file that can be read: $jenkinsfile"
[ -z "$workspace" ] || [ -d "$workspace" ] || die "WORKSPACE is no folder: $workspace"

"$root/src/cluster/cluster" up
if central_is_stale; then
    say 'demo: building'
    central_build -q -DskipTests package
fi
cluster_load
publish

install -m 644 "$jenkinsfile" "$run/Jenkinsfile"

# The cluster's user works in a copy, unless the folder is one it can use: the examples stay as they are.
if [ -n "$workspace" ]; then
    used=$(readlink -f "$workspace")
else
    used=
fi
if [ -z "$used" ] || ! as_user test -r "$used" -a -w "$used" -a -x "$used"; then
    used=$run/workspace
    rm -rf "$used"
    cp -R --preserve=mode,timestamps "${workspace:-$root/docs/examples}" "$used"
    chmod -R u+rwX,go+rX "$used"
    give "$used"
fi

status=0
as_user "$java" -cp "$class_path" io.jenkins.plugins.slurmapptainer.demo.Demo "$run/Jenkinsfile" "$used" || status=$?

# What the copy has anew belongs where the caller expects it.
if [ -n "$workspace" ] && [ "$used" = "$run/workspace" ]; then
    cp -R --update --remove-destination --preserve=mode,timestamps "$used/." "$workspace"
fi
exit "$status"

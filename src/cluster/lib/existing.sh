# A cluster that is there already: looked at, never changed.
# shellcheck shell=bash

existing_check() {
    local command
    for command in sbatch sinfo apptainer; do
        command -v "$command" > /dev/null || die "SHARED_DIR is set, so an existing cluster is used, but $command is not on PATH"
    done
    if [ ! -d "$SHARED_DIR" ] || [ ! -w "$SHARED_DIR" ]; then die "SHARED_DIR is no folder that $(id -un) can write: $SHARED_DIR"; fi
    timeout 60 sinfo --noheader --format=%P > /dev/null || die 'sinfo fails: is SLURM_CONF right, and the cluster up?'
    timeout 60 apptainer --version > /dev/null || die 'apptainer fails'
    say "uses the cluster that is there: $(sinfo --version), $(apptainer --version), SHARED_DIR=$SHARED_DIR"
}

existing_variables() {
    CLUSTER_USER=$(id -un)
    CLUSTER_HOME=$HOME
    # This cluster has none of this tool's folders.
    unset CLUSTER_DIR CLUSTER_CACHE
}

# What daemons read when they start and never again: programs, plugins, and the libraries that plugins open. A slurmd that has read them
# before a package came can leave a job step waiting for ever in a plugin that it does not know.
# shellcheck shell=bash

# software_sum: changes when one of those files does.
software_sum() {
    local patterns=("$own_plugins/*.so" "$own_pmix*" '/usr/lib/*/libpmix.so*') name pattern
    if [ -n "$SLURM" ]; then patterns=("$CLUSTER_DIR/slurm/plugins/*.so"); fi
    {
        # By one name, whichever of several comes first on PATH.
        for name in munged slurmctld slurmd slurmstepd; do readlink -f "$(type -P "$name")" || true; done
        for pattern in "${patterns[@]}"; do compgen -G "$pattern" || true; done
    } | xargs -r stat -Lc '%n %s %Y' | cksum
}

software_note() { software_sum > "$CLUSTER_DIR/run/software"; }
software_same() { [ "$(software_sum)" = "$(cat "$CLUSTER_DIR/run/software" 2> /dev/null)" ]; }

# Restarts the daemons of the machine's other clusters whose files have changed since they started. Their jobs go on.
software_tell_others() {
    local folder
    while read -r folder; do
        [ "$folder" != "$CLUSTER_DIR" ] || continue
        ( unset CLUSTER_PORT SLURM SHARED_DIR IMAGES_DIR MOUNTS_DIR
          export CLUSTER_DIR=$folder
          SLURM='' && settings_load && settings_restore
          if software_same; then exit; fi
          say "Slurm's files have changed since the daemons in $folder started: restarting them"
          RESTART_PATIENCE=60 "$here/cluster" restart 9>&- ) ||
            say "the daemons in $folder have to be restarted before they are used: CLUSTER_DIR=$folder $here/cluster restart"
    done < <(clusters_running)
}

# The folders of all clusters of this machine, by their slurmctld.
clusters_running() {
    local file pid folder
    for file in $(grep -lx slurmctld /proc/[0-9]*/comm 2> /dev/null); do
        pid=${file#/proc/} pid=${pid%/comm}
        folder=$(tr '\0' '\n' < "/proc/$pid/environ" 2> /dev/null | sed -n "s/^$OWNER_MARK=//p" | head -n 1)
        if [ -n "$folder" ] && [ "/proc/$pid/root" -ef / ]; then printf '%s\n' "$folder"; fi
    done | sort -u
}

# Another Slurm than the machine's own: SLURM=trixie or SLURM=sid. Debian's packages of that release, with all libraries that they
# need, are unpacked into the cache beside the system, as Apptainer is. No chroot: jobs and commands run on the machine itself, so
# folders, users, signals, cgroups and Apptainer (which needs user namespaces, forbidden in a chroot) are what they always are.
# shellcheck shell=bash

own_cluster_dir=/var/tmp/slurm-apptainer/cluster

# Clusters of different generations run side by side: each has a folder and ports of its own.
generation_settings() {
    [[ $SLURM =~ ^(|trixie|sid)$ ]] || die "SLURM must be trixie, sid or empty: $SLURM"
    generation_of_folder
    case $SLURM in
        trixie) CLUSTER_PORT=${CLUSTER_PORT:-16917} ;;
        sid) CLUSTER_PORT=${CLUSTER_PORT:-17017} ;;
        *) CLUSTER_PORT=${CLUSTER_PORT:-16817} ;;
    esac
}

# A running cluster keeps its generation, whoever asks: SLURM with the folder of another one is a mistake that would end that one.
generation_of_folder() {
    local running
    if [ -n "$SLURM" ] && [ "$(readlink -m "$CLUSTER_DIR")" = "$own_cluster_dir" ]; then
        die "SLURM=$SLURM, but $CLUSTER_DIR is for the machine's own Slurm: unset CLUSTER_DIR or SLURM"
    fi
    [ -e "$CLUSTER_DIR/settings" ] || return 0
    running=$(sed -n 's/^SLURM=//p; /^EXTRA_SLURM_CONF=/q' "$CLUSTER_DIR/settings")
    if [ -n "$SLURM" ] && [ "$SLURM" != "$running" ]; then
        die "SLURM=$SLURM, but in $CLUSTER_DIR runs ${running:-the Slurm of this machine}: unset CLUSTER_DIR or SLURM, or end that cluster"
    fi
    SLURM=$running
}

generation_install() {
    local root=$CLUSTER_CACHE/slurm-$SLURM new=$CLUSTER_CACHE/slurm-$SLURM.new
    if [ ! -x "$root/bin/slurmctld" ]; then
        rm -rf "$new"
        mkdir -p "$new/debs" "$new/bin"
        generation_download "$new/debs"
        generation_unpack "$new" "$root"
        rm -rf "$root"
        mv "$new" "$root"
    fi
    "$root/bin/slurmctld" -V > /dev/null || die "Slurm in $root does not run; remove that folder and try again"
}

# In a shell of its own, in which apt sees that release alone: with nothing installed, so it fetches every library, too.
generation_download() (
    local log=$CLUSTER_CACHE/slurm-$SLURM.log
    local fetch=(apt_get install --download-only -o "Dir::Cache::archives=$1" slurmctld slurmd slurm-client slurmdbd slurm-wlm-jwt-plugin munge)
    say "downloading Slurm from Debian's $SLURM"
    apt_of "$SLURM"
    if ! "${fetch[@]}" > "$log" 2>&1 && ! { sleep 5; "${fetch[@]}" >> "$log" 2>&1; }; then
        log_tail "$log"
        die "could not download Slurm from $SLURM"
    fi
)

# generation_unpack NEW FINAL: makes programs and plugins run from FINAL.
generation_unpack() {
    local new=$1 final=$2 deb program name
    # Slurm's and munge's programs go to bin/, nothing else of that release may get on PATH.
    for deb in "$new"/debs/{slurm,munge_}*.deb; do dpkg-deb --extract "$deb" "$new"; done
    for program in "$new"/usr/{bin,sbin}/*; do
        # slurmd-wlm is what Debian's alternatives call slurmd.
        name=$(basename "$program" -wlm)
        ln -s "..${program#"$new"}" "$new/bin/$name"
    done
    for deb in "$new"/debs/*.deb; do dpkg-deb --extract "$deb" "$new"; done
    for program in "$new"/bin/*; do elf_relocate "$new" "$final" "$(readlink -f "$program")" slurm-wlm; done
    ln -s "$(cd "$new" && echo usr/lib/*/slurm-wlm)" "$new/plugins"
    ( cd "$new" && rm -rf debs etc var usr/share )
}

# Slurm has the paths of its plugins and of slurmstepd built in. All are reached through the cluster's folder.
generation_link() { [ -z "$SLURM" ] || ln -sfn "$CLUSTER_CACHE/slurm-$SLURM" "$CLUSTER_DIR/slurm"; }
generation_plugins() { [ -z "$SLURM" ] || printf 'PluginDir=%s\n' "$CLUSTER_DIR/slurm/plugins"; }

# Not in slurm-conf.sh, for a cluster of the machine's own Slurm starts anew when that file changes.
generation_conf_write() {
    if [ -z "$SLURM" ]; then slurm_conf_write; return; fi
    EXTRA_SLURM_CONF="$(generation_plugins)"$'\n'$EXTRA_SLURM_CONF slurm_conf_write
    # Jobs, too, must find this generation's commands: those of another one may not understand its slurmctld.
    sed -i "s|$CLUSTER_CACHE/bin|$CLUSTER_DIR/slurm/bin:&|g" "$CLUSTER_DIR/etc/task-prolog"
}

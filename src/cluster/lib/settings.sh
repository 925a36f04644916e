# What a person may set, what follows from it, and whether this machine can have a cluster of its own.
# shellcheck shell=bash

# Marks a folder as a cluster's: nothing is removed and no variable overruled in a folder without it.
MARK=.slurm-apptainer-cluster

settings_load() {
    case :$PATH: in *:/usr/sbin:*) ;; *) PATH=$PATH:/usr/sbin ;; esac      # a plain user's PATH may lack the daemons
    SLURM=${SLURM:-}
    CLUSTER_DIR=${CLUSTER_DIR:-$own_cluster_dir${SLURM:+-$SLURM}}
    CLUSTER_CACHE=${CLUSTER_CACHE:-/var/tmp/slurm-apptainer/cache}
    NODES=${NODES:-2}
    CPUS=${CPUS:-64}
    MEMORY=${MEMORY:-65536}
    ACCOUNTING=${ACCOUNTING:-0}
    CGROUPS=${CGROUPS:-auto}
    KILL_WAIT=${KILL_WAIT:-5}
    MIN_JOB_AGE=${MIN_JOB_AGE:-300}
    EXTRA_SLURM_CONF=${EXTRA_SLURM_CONF:-}
    # `eval "$(cluster env)"` sets SHARED_DIR and more. For root that must not make a cluster of this tool look like somebody else's,
    # nor mix the folders of two.
    EXISTING=0
    if [ -n "${SHARED_DIR:-}" ]; then
        if [ "$(id -u)" != 0 ] || { [ "$SHARED_DIR" != "$CLUSTER_DIR/shared" ] && [ ! -e "$SHARED_DIR/../$MARK" ]; }; then
            EXISTING=1
            IMAGES_DIR=${IMAGES_DIR:-$SHARED_DIR/apptainer/images}
            return
        fi
    fi
    generation_settings
    SHARED_DIR=$CLUSTER_DIR/shared
    IMAGES_DIR=$SHARED_DIR/apptainer/images
    CLUSTER_HOME=$CLUSTER_DIR/home
    MOUNTS_DIR=$CLUSTER_DIR/mounts
    export SLURM_CONF=$CLUSTER_DIR/etc/slurm.conf
}

# A cluster that this tool did not make, or that this user could not have made.
uses_existing() { [ "$EXISTING" = 1 ]; }

settings_check() {
    local name
    for name in CLUSTER_DIR CLUSTER_CACHE; do
        # These paths go into slurm.conf, ELF headers and a one-line-per-value file: no quoting is known to all of them.
        [[ ${!name} =~ ^/[A-Za-z0-9._/+-]+$ ]] || die "$name must be an absolute path of letters, digits and ._+-: ${!name}"
    done
    mkdir -p "$CLUSTER_DIR" "$CLUSTER_CACHE"
    path_set
    # A socket's path is limited to 107 characters.
    [ ${#CLUSTER_DIR} -le 80 ] || die "CLUSTER_DIR is too long for a socket in it (80 characters at most): $CLUSTER_DIR"
    for name in CLUSTER_PORT NODES CPUS MEMORY KILL_WAIT MIN_JOB_AGE; do
        [[ ${!name} =~ ^[1-9][0-9]{0,8}$ ]] || die "$name must be a positive number: ${!name}"
    done
    [ $((CLUSTER_PORT + 10 + NODES)) -le 65535 ] || die "CLUSTER_PORT is too high: $CLUSTER_PORT"
    [[ $ACCOUNTING =~ ^[01]$ ]] || die "ACCOUNTING must be 0 or 1: $ACCOUNTING"
    [[ $CGROUPS =~ ^(auto|0)$ ]] || die "CGROUPS must be auto or 0: $CGROUPS"
    choose_user
}

# Puts the cluster's programs first on PATH; those of another generation's cluster that may be there would not understand this one.
path_set() {
    local folder kept=
    # /var/tmp is everybody's: somebody else could have put programs there for root to run.
    for folder in "$CLUSTER_DIR" "$CLUSTER_DIR/.." "$CLUSTER_CACHE" "$CLUSTER_CACHE/.."; do
        case $(stat -Lc %u "$folder") in 0|"${SUDO_UID:-0}") ;; *) die "belongs to another user than root: $folder" ;; esac
    done
    while IFS= read -r -d : folder; do
        if [[ $folder == */slurm/bin ]] && [ -e "${folder%/slurm/bin}/$MARK" ]; then continue; fi
        if [ "$folder" != "$CLUSTER_CACHE/bin" ]; then kept=$kept:$folder; fi
    done <<< "$PATH:"
    PATH=$(programs)$kept
}
programs() { printf '%s\n' "${SLURM:+$CLUSTER_DIR/slurm/bin:}$CLUSTER_CACHE/bin"; }

# What makes a running cluster another one: CLUSTER_CACHE, too, because jobs find Apptainer there, and the text that its configuration
# is made from.
settings_list() {
    local name
    # The machine's own Slurm has no line.
    if [ -n "$SLURM" ]; then printf 'SLURM=%s\n' "$SLURM"; fi
    printf 'version=%s\n' "$(slurm_version 2> /dev/null)"
    printf 'configuration=%s\n' "$(cksum < "$here/lib/slurm-conf.sh")"
    for name in CLUSTER_CACHE CLUSTER_PORT CLUSTER_USER NODES CPUS MEMORY ACCOUNTING CGROUPS KILL_WAIT MIN_JOB_AGE EXTRA_SLURM_CONF; do
        printf '%s=%s\n' "$name" "${!name}"
    done
}

# What the running cluster has, instead of the settings of the one who asks.
settings_restore() {
    local name value
    while IFS='=' read -r name value; do
        [ "$name" != EXTRA_SLURM_CONF ] || break
        printf -v "$name" %s "$value"
    done < "$CLUSTER_DIR/settings"
    path_set
}

# Jobs run as a user that exists, so that /etc/passwd stays as it is. `games` goes first: nothing runs as it, while www-data may own
# a web site, the home of `daemon` (/usr/sbin) would be bound over the container's, and inside a user namespace the files of `nobody`
# can't be told from everybody else's.
choose_user() {
    local user
    if [ -z "${CLUSTER_USER:-}" ]; then
        for user in "${SUDO_USER:-}" games www-data nobody; do
            if [ -n "$user" ] && [ "$user" != root ] && id "$user" > /dev/null 2>&1; then CLUSTER_USER=$user; break; fi
        done
    fi
    [ -n "${CLUSTER_USER:-}" ] || die 'no unprivileged user found: set CLUSTER_USER'
    id "$CLUSTER_USER" > /dev/null 2>&1 || die "CLUSTER_USER does not exist: $CLUSTER_USER"
    [ "$(id -u "$CLUSTER_USER")" != 0 ] || die "CLUSTER_USER must not be root"
}

# debian_release: 12, 13, …, or 'sid' where a release has no number yet; nothing if this is no Debian.
debian_release() {
    # shellcheck disable=SC1091
    ( . /etc/os-release 2> /dev/null && [ "${ID:-}" = debian ] && printf '%s\n' "${VERSION_ID:-sid}" ) || true
}

can_make_cluster() {
    local release why=
    release=$(debian_release)
    if [ -z "$release" ] || { [ "$release" != sid ] && [ "${release%%.*}" -lt 12 ]; }; then
        why='it takes Debian 12 or newer'
    elif [ "$(id -u)" != 0 ]; then
        why='it takes root'
    fi
    [ -n "$why" ] || return 0
    cat >&2 <<EOF
cluster: no Slurm cluster can be made here: $why.
To use one that exists, have sbatch, sinfo (Slurm's client) and apptainer (1.4 or newer) on PATH and set
  SHARED_DIR  a folder that you can write and that the compute nodes see, too
  SLURM_CONF  the cluster's slurm.conf, unless Slurm finds it by itself
  IMAGES_DIR  the folder with images, unless it is SHARED_DIR/apptainer/images
EOF
    exit 3
}

# What a cluster tells its users: the file cluster.env, and commands run with it.
# shellcheck shell=bash

env_names=(CLUSTER_DIR CLUSTER_CACHE CLUSTER_USER CLUSTER_HOME SHARED_DIR IMAGES_DIR MOUNTS_DIR SLURM_CONF)

# KEY=value, one a line, nothing quoted: settings_check keeps characters out that would need it.
env_write() {
    local name
    {
        for name in "${env_names[@]}"; do printf '%s=%s\n' "$name" "${!name}"; done
        if [ -n "$SLURM" ]; then printf 'SLURM=%s\n' "$SLURM"; fi
        printf 'PATH=%s\n' "$(programs):/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"
    } > "$CLUSTER_DIR/cluster.env.new"
    mv "$CLUSTER_DIR/cluster.env.new" "$CLUSTER_DIR/cluster.env"
}

# Sets the variables as the running cluster has them; the folders with Slurm and Apptainer go before the caller's PATH.
env_load() {
    local name value
    [ -e "$CLUSTER_DIR/cluster.env" ] || die "no cluster is up in $CLUSTER_DIR: try cluster up"
    while IFS='=' read -r name value; do
        if [ "$name" != PATH ]; then printf -v "$name" %s "$value"; fi
    done < "$CLUSTER_DIR/cluster.env"
    path_set
}

env_print() {
    local name
    for name in "${env_names[@]}" SLURM PATH; do
        if [ -n "${!name:-}" ]; then printf 'export %s=%q\n' "$name" "${!name}"; fi
    done
}

# user_command COMMAND…: fills the array `command` with what runs it as CLUSTER_USER, in the caller's folder. Nothing of the caller's
# environment goes along but what is named here: a job submitted with it inherits it.
user_command() {
    local name
    command=(env -i "HOME=$CLUSTER_HOME" "USER=$CLUSTER_USER" "LOGNAME=$CLUSTER_USER" SHELL=/bin/bash LANG=C.UTF-8 "PATH=$PATH")
    for name in "${env_names[@]}" JAVA_HOME TERM TZ ${AS_USER_KEEP:-}; do
        if [ -n "${!name+set}" ]; then command+=("$name=${!name}"); fi
    done
    if [ "$(id -un)" != "$CLUSTER_USER" ]; then
        command+=(setpriv "--reuid=$CLUSTER_USER" "--regid=$(id -g "$CLUSTER_USER")" --init-groups --)
    fi
    command+=("$@")
}

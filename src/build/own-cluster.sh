# A cluster that one run has for itself and may disturb, with what it takes to do so. Needs common.sh.
# shellcheck shell=bash

driver='' faults='' cached_view=

# own_cluster NAME PORT: which one; another generation of Slurm has another folder and other ports, and so has each run beside this one.
own_cluster() {
    local folder port=$2 slot
    [ "$(id -u)" = 0 ] || die 'it takes daemons and nodes down: it needs root, on a cluster that it makes itself'
    case ${SLURM:-} in trixie) port=$((port + 100)) ;; sid) port=$((port + 200)) ;; esac
    mkdir -p /var/tmp/slurm-apptainer
    for slot in 0 1 2 3 4; do
        folder=/var/tmp/slurm-apptainer/$1${SLURM:+-$SLURM}
        if [ "$slot" != 0 ]; then folder+=-$slot; fi
        exec 7> "$folder.lock"
        if flock --nonblock 7; then
            export CLUSTER_DIR=$folder CLUSTER_PORT=$((port + 20 * slot))
            unset SHARED_DIR IMAGES_DIR MOUNTS_DIR SLURM_CONF CLUSTER_HOME
            return
        fi
    done
    die "five runs have a cluster like $folder already"
}

# own_cluster_up: with an empty record of jobs that ended, readable by everybody: Slurm's word for a test that doubts the plugin's.
own_cluster_up() {
    mkdir -p "$CLUSTER_DIR"
    install -m 644 /dev/null "$CLUSTER_DIR/jobcomp"
    EXTRA_SLURM_CONF="JobCompType=jobcomp/filetxt
JobCompLoc=$CLUSTER_DIR/jobcomp${1:+
$1}" "$root/src/cluster/cluster" up 7>&-
}

# Puts fault-sbatch.sh where it can be first on the PATH and starts the part that runs as root. Sets `faults`, the folder of both.
faults_start() {
    faults=$run/faults
    rm -rf "$faults"
    mkdir -p "$faults"/{bin,orders,requests}
    cp "$root/src/build/fault-sbatch.sh" "$faults/bin/sbatch"
    chmod 755 "$faults" "$faults/bin" "$faults/bin/sbatch"
    give "$faults/orders" "$faults/requests"
    "$root/src/build/fault-driver.sh" "$faults/requests" 7>&- &
    driver=$!
    for _ in {1..120}; do [ -e "$faults/requests/ready" ] || sleep 0.5; done
    [ -e "$faults/requests/ready" ] || die 'the part that runs as root did not start'
}

# as_disturber COMMAND…: as the cluster's user, with the means to disturb the cluster. With `cached_view`, a file that then may say why not, it
# sees the shared folder as over NFS.
as_disturber() {
    local view=()
    if [ -n "$cached_view" ]; then view=("$root/src/build/cached-view.sh" "$cached_view"); fi
    (
        cd "$run"
        export FAULTS_DIR=$faults JOBCOMP=$CLUSTER_DIR/jobcomp CACHED_VIEW=$cached_view AS_USER_KEEP='FAULTS_DIR JOBCOMP CACHED_VIEW'
        exec "${view[@]}" "$root/src/cluster/as-user" env "PATH=$faults/bin:$PATH" "$@" 7>&-
    )
}

own_cluster_down() {
    if [ -n "$driver" ]; then
        kill "$driver" 2> /dev/null || :
        wait "$driver" 2> /dev/null || :
        driver=
    fi
    "$root/src/cluster/cluster" down > /dev/null 2>&1 || :
}

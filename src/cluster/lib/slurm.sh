# The cluster as a whole: its folders, its daemons in order, its health.
# shellcheck shell=bash

# The folders that jobs and their user see.
shared_make() {
    mkdir -p "$CLUSTER_DIR" "$SHARED_DIR" "$CLUSTER_HOME" "$IMAGES_DIR/compute"
    chmod 755 "$CLUSTER_DIR" "$SHARED_DIR"
    chown "$CLUSTER_USER": "$SHARED_DIR" "$CLUSTER_HOME" "$SHARED_DIR/apptainer" "$IMAGES_DIR" "$IMAGES_DIR/compute"
    run_as "$CLUSTER_USER" test -x "$SHARED_DIR" ||
        die "$CLUSTER_USER can't reach $SHARED_DIR: a folder above it is closed to others; choose another CLUSTER_DIR"
    run_as "$CLUSTER_USER" test -x "$CLUSTER_CACHE" ||
        die "$CLUSTER_USER can't reach $CLUSTER_CACHE: a folder above it is closed to others; choose another CLUSTER_CACHE"
}

node_names() { seq -f 'n%g' "$NODES"; }

slurm_start() {
    local node slurmd_options=()
    mkdir -p "$CLUSTER_DIR"/{run,log,state,spool,munge} || return 1
    if [ ! -e "$CLUSTER_DIR/run/software" ]; then software_note || return 1; fi
    munge_start || return 1
    if [ "$ACCOUNTING" = 1 ]; then accounting_start || return 1; fi
    daemon_start slurmctld slurmctld -f "$SLURM_CONF" || return 1
    if ! wait_until 20 slurmctld_answers; then
        say 'slurmctld does not answer'
        log_tail "$CLUSTER_DIR/log/slurmctld.log"
        return 1
    fi
    if [ -n "$SLURM" ]; then slurmd_options=(-d "$CLUSTER_DIR/slurm/bin/slurmstepd"); fi
    for node in $(node_names); do
        mkdir -p "$CLUSTER_DIR/spool/$node" "$CLUSTER_DIR/tmp/$node" || return 1
        chmod 1777 "$CLUSTER_DIR/tmp/$node" || return 1
        daemon_start "slurmd-$node" slurmd -N "$node" -f "$SLURM_CONF" "${slurmd_options[@]}" || return 1
    done
    # A node that once failed to end a job stays drained until somebody says otherwise.
    for node in $(timeout 5 sinfo -h -N -o '%N %T' | awk '$2 ~ /drain/ {print $1}' | sort -u); do
        timeout 10 scontrol update "nodename=$node" state=resume || return 1
    done
    if ! wait_until 30 nodes_ready; then
        say "after 30 s the nodes are: $(timeout 5 sinfo -h -N -p group1 -o '%N %T' | paste -sd, || true)"
        log_tail "$CLUSTER_DIR/log/slurmctld.log"
        log_tail "$CLUSTER_DIR/log/slurmd-n1.log"
        return 1
    fi
}

# Before a cluster starts anew, when none of its own daemons runs.
ports_check() {
    local port ports
    ports="$CLUSTER_PORT $(seq -s ' ' $((CLUSTER_PORT + 10)) $((CLUSTER_PORT + 9 + NODES)))"
    if [ "$ACCOUNTING" = 1 ]; then ports+=" $((CLUSTER_PORT + 1)) $((CLUSTER_PORT + 2))"; fi
    for port in $ports; do
        if timeout 5 bash -c ": < /dev/tcp/127.0.0.1/$port" 2> /dev/null; then
            die "port $port of this machine is taken by another program: set CLUSTER_PORT to the first of 20 free ones"
        fi
    done
}

# slurmctld and slurmd take up their jobs again.
slurm_restart() {
    local node
    for node in $(node_names); do daemon_stop "slurmd-$node" 10; done
    daemon_stop slurmctld 20
    rm -f "$CLUSTER_DIR/run/software"
    slurm_start
}

# As root, like the rest: munged wants to own its folders, and a user "munge" may be missing.
munge_start() {
    local file key=$CLUSTER_DIR/munge/key
    chmod 700 "$CLUSTER_DIR/munge"
    for file in "$key" "$CLUSTER_DIR/munge/jwt.key"; do
        if [ ! -s "$file" ]; then ( umask 077 && head -c 128 /dev/urandom > "$file" ); fi
    done
    daemon_start munged munged --key-file="$key" --seed-file="$CLUSTER_DIR/munge/seed" --num-threads=4 \
        --socket="$CLUSTER_DIR/run/munge.socket" --pid-file="$CLUSTER_DIR/run/munged.pid" --log-file="$CLUSTER_DIR/log/munged.log"
}

slurmctld_answers() { timeout 5 scontrol ping 2> /dev/null | grep -q ' is UP'; }

# All nodes answer and take jobs; busy ones count.
nodes_ready() {
    local states
    states=$(timeout 5 sinfo -h -N -p group1 -o %T 2> /dev/null) || return 1
    [ "$(grep -cxE 'idle|mixed|allocated|completing' <<< "$states")" = "$NODES" ]
}

daemon_names() {
    printf '%s\n' munged slurmctld
    node_names | sed 's/^/slurmd-/'
    if [ "$ACCOUNTING" = 1 ]; then printf '%s\n' slurmdbd mariadbd; fi
}

slurm_healthy() {
    local name
    for name in $(daemon_names); do daemon_pid "$name" > /dev/null || return 1; done
    nodes_ready
}

# Ends what the folder's last `up` started, whatever the settings are now; then nothing remembers the cluster but its logs.
slurm_stop() {
    local file name patience
    if daemon_pid slurmctld > /dev/null; then
        timeout 10 squeue -h -o %A 2> /dev/null | sort -u | xargs -r timeout 10 scancel 2> /dev/null || true
        # A job may resist until Slurm kills it; slurmd would wait for that, too.
        patience=$(sed -n 's/^KILL_WAIT=//p' "$CLUSTER_DIR/settings" 2> /dev/null) || true
        wait_until "$((${patience:-0} > 10 ? 12 : ${patience:-0} + 2))" queue_empty || true
    fi
    # slurmctld goes before slurmdbd, to which it still writes; munged last, as all need it to talk.
    for name in slurmctld slurmd-* slurmdbd mariadbd munged; do
        for file in "$CLUSTER_DIR/run/"$name.pid; do
            if [ -e "$file" ]; then daemon_stop "$(basename "$file" .pid)" 10; fi
        done
    done
    leftovers_kill
    mounts_remove
    # slurmd leaves its cgroups. A cluster beside this one uses some of the same name: they go with the machine's last one.
    if ! grep -qx slurmd /proc/[0-9]*/comm 2> /dev/null; then
        find "$CGROUPS_ROOT"/{memory,freezer} -depth -type d -path '*/slurm_n[0-9]*' -exec rmdir {} + 2> /dev/null || true
    fi
    ( cd "$CLUSTER_DIR" && rm -rf etc run state spool tmp munge database settings cluster.env )
}

queue_empty() { [ -z "$(timeout 5 squeue -h -o %A 2> /dev/null)" ]; }

slurm_status() {
    local name pid broken=0
    settings_restore
    printf '%s, %s in %s\n' "$(timeout 10 sinfo --version)" "$("$CLUSTER_CACHE/bin/apptainer" --version)" "$CLUSTER_DIR"
    # Others may not look into root's processes.
    if [ "$(id -u)" = 0 ]; then
        for name in $(daemon_names); do
            pid=$(daemon_pid "$name") || { pid='not running'; broken=1; }
            printf '%-12s %s\n' "$name" "$pid"
        done
    fi
    timeout 5 sinfo || broken=1
    nodes_ready || broken=1
    return "$broken"
}

# Starting and ending daemons by pid files, and telling our processes from everybody else's.
# shellcheck shell=bash

# Every daemon is started with this in its environment, where /proc shows it: a pid alone may belong to another process by now.
OWNER_MARK=SLURM_APPTAINER_CLUSTER

# daemon_start NAME COMMAND…: the command must write its pid to run/NAME.pid. Does nothing if that daemon runs.
daemon_start() {
    local name=$1
    shift
    if daemon_pid "$name" > /dev/null; then return; fi
    rm -f "$CLUSTER_DIR/run/$name.pid"
    # A daemon gets nothing of the caller's: no lock and no pipe, which would stay open in it, no variables and no ignored signals, which
    # jobs would inherit, no folder, which could not be removed.
    ( files_close
      cd / && exec env -i --default-signal "$OWNER_MARK=$CLUSTER_DIR" "PATH=$PATH" LANG=C.UTF-8 "SLURM_CONF=$SLURM_CONF" ${TZ+"TZ=$TZ"} \
          setsid "$@" < /dev/null >> "$CLUSTER_DIR/log/$name.start" 2>&1 ) &
    wait_until 20 daemon_started "$name" $! || true
    if ! daemon_pid "$name" > /dev/null; then
        say "$name did not start"
        log_tail "$CLUSTER_DIR/log/$name.start"
        log_tail "$CLUSTER_DIR/log/$name.log"
        return 1
    fi
}

# Closes all files of this shell but the standard ones.
files_close() {
    local file
    for file in "/proc/$BASHPID/fd"/*; do
        file=${file##*/}
        if [ "$file" -gt 2 ]; then eval "exec $file>&-"; fi
    done
}

# daemon_started NAME LAUNCHER: whether there is nothing to wait for. A launcher that ended well has left a daemon that may still be
# writing its pid file.
daemon_started() { daemon_pid "$1" > /dev/null || { ! kill -0 "$2" 2> /dev/null && ! wait "$2"; }; }

# daemon_pid NAME: prints the pid if that process lives and is ours.
daemon_pid() {
    local pid=
    { read -r pid < "$CLUSTER_DIR/run/$1.pid"; } 2> /dev/null || [ -n "$pid" ] || return 1
    process_is_ours "$pid" && printf '%s\n' "$pid"
}

# With the same root, too: in a chroot or a container there may be another cluster in a folder of the same name.
process_is_ours() { grep -qzxF "$OWNER_MARK=$CLUSTER_DIR" "/proc/$1/environ" 2> /dev/null && [ "/proc/$1/root" -ef / ]; }

# daemon_stop NAME SECONDS: asks, waits, forces.
daemon_stop() {
    local pid
    pid=$(daemon_pid "$1") || return 0
    kill -TERM "$pid" 2> /dev/null || true
    if ! wait_until "$2" process_gone "$pid"; then
        say "$1 ($pid) does not end: killed"
        kill -KILL "$pid" 2> /dev/null || true
        wait_until 5 process_gone "$pid" || true
    fi
    rm -f "$CLUSTER_DIR/run/$1.pid"
}

process_gone() { ! process_is_ours "$1"; }

# What is left when all daemons have ended: their children and what jobs left behind, for task-prolog gives jobs the mark.
# slurmstepd writes its title over it, but works in the log folder, which may be called log.old since.
leftovers() {
    local file pid
    while IFS=/ read -r _ _ pid file; do
        if [ "$file" = environ ] && process_is_ours "$pid"; then printf '%s\n' "$pid"; fi
        if [ "$file" = comm ] && { [ "/proc/$pid/cwd" -ef "$CLUSTER_DIR/log" ] || [ "/proc/$pid/cwd" -ef "$CLUSTER_DIR/log.old" ]; }; then printf '%s\n' "$pid"; fi
    done < <(grep -lzxF "$OWNER_MARK=$CLUSTER_DIR" /proc/[0-9]*/environ 2> /dev/null; grep -lx slurmstepd /proc/[0-9]*/comm 2> /dev/null)
}

leftovers_kill() {
    local pid pids
    # Twice: a process may have been forked while the list was made.
    for _ in 1 2; do
        mapfile -t pids < <(leftovers)
        for pid in "${pids[@]}"; do
            if [ "$pid" != $$ ] && [ "$pid" != "$BASHPID" ]; then kill_tree "$pid"; fi
        done
    done
}

# Children first: some, as those in a container with a clean environment, carry no mark themselves.
kill_tree() {
    local child children
    read -r -d '' -a children < <(cat "/proc/$1"/task/*/children 2> /dev/null) || true
    for child in "${children[@]}"; do kill_tree "$child"; done
    kill -KILL "$1" 2> /dev/null || true
}

# Small helpers that every other part uses.
# shellcheck shell=bash

# Messages go to stderr: stdout belongs to what `env` and `status` print.
say() { printf 'cluster: %s\n' "$*" >&2; }
die() { say "$*"; exit 1; }

# lock FILE [SECONDS]: holds the lock until this (sub)shell ends. The file descriptor is 9 everywhere, so that a command can be started
# without it.
lock() {
    mkdir -p "$(dirname "$1")"
    exec 9> "$1"
    flock --nonblock 9 && return
    say "waiting for another cluster command (lock $1)"
    flock --timeout "${2:-900}" 9 || die "still locked after ${2:-900} s: $1"
}

# wait_until SECONDS COMMAND…: whether the command came true in time.
wait_until() {
    local end=$((SECONDS + $1))
    shift
    until "$@"; do
        [ "$SECONDS" -lt "$end" ] || return 1
        sleep 0.1
    done
}

# The last lines of a log, for an error message that needs no second look elsewhere.
log_tail() {
    [ -s "$1" ] || return 0
    say "the end of $1:"
    tail -n 15 "$1" | cut -c 1-300 | sed 's/^/    /' >&2
}

# run_as USER COMMAND…: keeps environment and folder, replaces only who runs it.
run_as() {
    local user=$1
    shift
    setpriv --reuid="$user" --regid="$(id -g "$user")" --init-groups -- "$@"
}

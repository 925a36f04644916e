# The parts of a test run. Each is a process group of its own with a time limit, so it ends one way or another; some run side by side.
# shellcheck shell=bash

declare -A part_pid part_log part_begin part_limit
parts=$(mktemp -d)
# In colour where a person looks.
red='' plain=''
if [ -t 1 ]; then red=$'\e[31m' plain=$'\e[0m'; fi
export red plain

# alarm WORDS…: what must not be overlooked; alarms_print says it again at the end.
alarm() {
    printf '%sFAILED: %s%s\n' "$red" "$*" "$plain"
    printf '%s\n' "$*" >> "$parts/alarms"
}
alarms_print() {
    local line
    [ -e "$parts/alarms" ] || return 0
    while IFS= read -r line; do printf '%sFAILED: %s%s\n' "$red" "$line" "$plain"; done < "$parts/alarms"
}

# part_start NAME SECONDS COMMAND…: starts it with nothing to read; what it prints goes to a file.
part_start() {
    local name=$1
    part_limit[$name]=$2
    shift 2
    part_log[$name]=$parts/$name.log
    part_begin[$name]=$SECONDS
    : > "${part_log[$name]}" # before somebody looks into it
    set -m
    part_command "$parts/$name" "$@" < /dev/null > "${part_log[$name]}" 2>&1 &
    part_pid[$name]=$!
    set +m
}
part_command() {
    local note=$1
    shift
    # Else the last command's status would be told as that of a part that a signal ends.
    trap 'exit 129' HUP
    trap 'exit 130' INT
    trap 'exit 143' TERM
    # shellcheck disable=SC2064
    trap "echo \"\$? \$SECONDS\" > '$note.ends' && mv '$note.ends' '$note.end'" EXIT
    "$@"
}

# part_wait NAME: shows what it prints until it ends or is ended. Sets `status`, 124 if its limit ended it, and `took`, in seconds.
part_wait() {
    local name=$1 pid=${part_pid[$1]} viewer end over doing last
    if part_over "$name"; then
        cat "${part_log[$name]}" &
    else
        tail -n +1 --pid="$pid" -s 0.3 -f "${part_log[$name]}" 2> /dev/null &
    fi
    viewer=$!
    end=$((part_begin[$name] + part_limit[$name]))
    while part_runs "$name" && [ "$SECONDS" -lt "$end" ]; do sleep 0.3; done
    status=0 over=$SECONDS
    if part_runs "$name"; then
        doing=$(part_doing "${part_log[$name]}")
        last=$(tail -n 1 "${part_log[$name]}" | cut -c 1-200)
        part_end "$pid"
        status=124 over=$SECONDS
        # First what it has printed: on a busy machine the viewer may not even have begun.
        wait "$viewer" 2> /dev/null || :
        alarm "$name was ended after its limit of ${part_limit[$name]} s; ${doing:-the last it said: $last}"
    else
        wait "$viewer" 2> /dev/null || :
        # Whoever asks the shell long after the end may be told of another process with the same id, or of none.
        if part_over "$name"; then
            read -r status over < "$parts/$name.end"
            # Only what is gone can be swept.
            for _ in {1..10}; do
                [ -e "/proc/$pid" ] || break
                sleep 0.1
            done
        else
            wait "$pid" || status=$?
        fi
    fi
    part_sweep "$name"
    unset "part_pid[$name]"
    took=$((over - part_begin[$name]))
}

# part_says NAME REGEX: waits until a line of what it prints matches; fails if it ends without, or reaches its limit.
part_says() {
    until grep -qE -e "$2" "${part_log[$1]}"; do
        [ "$SECONDS" -lt $((part_begin[$1] + part_limit[$1])) ] || return
        part_runs "$1" || { grep -qE -e "$2" "${part_log[$1]}"; return; }
        sleep 0.3
    done
}

# Once it is over, its process id may become somebody else's at any time.
part_over() { [ -e "$parts/$1.end" ]; }
part_runs() { ! part_over "$1" && kill -0 "${part_pid[$1]}" 2> /dev/null; }
# What it has left behind ends with it. While there is any of that, nobody else gets the id.
part_sweep() { [ -e "/proc/${part_pid[$1]}" ] || kill -KILL -- "-${part_pid[$1]}" 2> /dev/null || :; }

# part_end PID: the whole group. What a script has to put right when it ends may take a while.
part_patience=90
part_end() {
    local end=$((SECONDS + part_patience))
    kill -TERM -- "-$1" 2> /dev/null || return 0
    while [ "$SECONDS" -lt "$end" ]; do
        kill -0 -- "-$1" 2> /dev/null || return 0
        sleep 0.3
    done
    kill -KILL -- "-$1" 2> /dev/null || :
}

# part_doing LOG: which tests had begun and not ended, by what Maven's surefire or JUnit's console prints.
part_doing() {
    awk '
        / :: STARTED$/ { sub(/ :: STARTED$/, ""); running[$0]; next }
        / :: (SUCCESSFUL|FAILED|ABORTED|SKIPPED)/ { sub(/ :: (SUCCESSFUL|FAILED|ABORTED|SKIPPED).*/, ""); delete running[$0]; next }
        /^\[INFO\] Running / { running[$3]; next }
        /Tests run: .* in [^ ]+$/ { delete running[$NF] }
        END { for (test in running) list = list (list == "" ? "" : ", ") test; if (list != "") print "running: " list }
    ' "$1" | cut -c 1-1000
}

# Whatever ends the run ends its parts.
parts_end() {
    local name
    for name in "${!part_pid[@]}"; do
        if part_over "$name"; then part_sweep "$name"; else part_end "${part_pid[$name]}"; fi
    done
    rm -rf "$parts"
}

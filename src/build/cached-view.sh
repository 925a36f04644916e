#!/bin/bash
# cached-view.sh WHY COMMAND…: runs a command, as root, that sees SHARED_DIR as over NFS: attributes, names, and that there is no such name,
# are remembered for 3 s. Nobody else sees it so. Where that cannot be had, the command runs all the same, and the file WHY says why.
set -eu -o pipefail

if [ "${1:-}" != --inside ]; then
    rm -f "$1"
    if unshare --mount --propagation private true 2> "$1"; then
        exec unshare --mount --propagation private "$0" --inside "$@"
    fi
    shift
    exec "$@"
fi

shift
why=$1
shift
# In the foreground, so that nothing of it outlives this script. It would keep the mount, too.
bindfs -f -o attr_timeout=3,entry_timeout=3,negative_timeout=3 "$SHARED_DIR" "$SHARED_DIR" > "$why" 2>&1 &
view=$!
end() {
    kill ${command:+"$command"} "$view" 2> /dev/null || :
    wait "$view" || :
}
trap end EXIT
trap 'exit 143' INT TERM
seen() { grep -q " $SHARED_DIR fuse" /proc/self/mounts; }
for _ in {1..100}; do
    if seen || ! kill -0 "$view" 2> /dev/null; then break; fi
    sleep 0.1
done
if seen; then
    rm "$why"
elif [ ! -s "$why" ]; then
    printf 'bindfs does not mount anything here\n' > "$why"
fi
status=0
# Waited for, so that a signal does not wait for it.
"$@" &
command=$!
wait "$command" || status=$?
exit "$status"

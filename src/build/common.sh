# Helpers of the scripts in this folder.
# shellcheck shell=bash

root=$(cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/../.." && pwd)
central=$root/target/central

say() { printf '%s\n' "$*" >&2; }
die() { say "$*"; exit 1; }

maven() { "${MVN:-mvn}" --batch-mode --no-transfer-progress -Dstyle.color=never "$@"; }

# Sets the cluster's variables, and `run`: this clone's folder that the cluster's user can read. The clone itself may lie where only
# its owner gets to.
cluster_load() {
    local variables
    variables=$("$root/src/cluster/cluster" env)
    eval "$variables"
    run=${CLUSTER_DIR:-$root/target}/run/$(printf %s "$root" | cksum | cut -d ' ' -f 1)
    (umask 022 && mkdir -p "$run")
}

as_user() { (cd "$run" && exec "$root/src/cluster/as-user" "$@"); }

# Gives a file or folder to the cluster's user. Without being root, that user is oneself.
give() { [ "$(id -u)" != 0 ] || chown -R "$CLUSTER_USER" "$@"; }

# Whether target/central is older than its sources. The stamp is older than the build that it stands for.
central_is_stale() {
    [ -e "$central/built" ] || return 0
    [ -n "$(cd "$root" && find src/build src/central src/main src/test -newer "$central/built" -print -quit)" ]
}

# central_build ARGUMENT…: Maven on src/central/pom.xml.
central_build() {
    local stamp
    mkdir -p "$central"
    stamp=$(mktemp "$central/built.XXXXXX")
    if maven -f "$root/src/central/pom.xml" "$@"; then mv "$stamp" "$central/built"; else rm "$stamp"; return 1; fi
}

# Copies the test class path to where the cluster's user can read it, and sets `class_path`.
publish() {
    local to=$run/classes
    class_path="$to/test-classes:$to/classes:$to/jenkins-api:$to/test-libraries/*"
    if [ -e "$to/built" ] && [ -e "$central/built" ] && [ ! "$central/built" -nt "$to/built" ]; then return; fi
    rm -rf "$to"
    (umask 022 && mkdir "$to" && cp -R "$central"/{classes,test-classes,jenkins-api,test-libraries} "$to")
    chmod -R a+rX "$to"
    if [ -e "$central/built" ]; then cp -p "$central/built" "$to/built"; fi
}

# Helpers of the scripts in this folder.
# shellcheck shell=bash

root=$(cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/../.." && pwd)
central=$root/target/central

# What the caller's environment may lack or have otherwise, in a container, a cron job or a root shell: names of files are UTF-8 (Java takes
# their encoding from the locale), what is written here the cluster's user can read, and there is a home.
[ "$(locale charmap 2> /dev/null)" = UTF-8 ] || export LC_ALL=C.UTF-8
umask 022
export HOME=${HOME:-$(getent passwd "$(id -u)" | cut -d : -f 6)}
[ -z "${TMPDIR:-}" ] || [ -d "$TMPDIR" ] || unset TMPDIR

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
    mkdir -p "$run"
    # It may lie where only root gets to.
    [ "$java" = java ] || as_user test -x "$java" || java=java
    as_user bash -c 'type -P "$1"' sh "$java" > /dev/null ||
        die "$CLUSTER_USER can't run $java: a JDK has to be where every user gets to, as that of Debian's package default-jdk-headless"
}

# The Java of JAVA_HOME, as Maven has it, or of PATH.
java=java
if [ -n "${JAVA_HOME:-}" ] && [ -x "$JAVA_HOME/bin/java" ]; then java=$JAVA_HOME/bin/java; fi

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
    (mkdir "$to" && cp -R "$central"/{classes,test-classes,jenkins-api,test-libraries} "$to")
    chmod -R a+rX "$to"
    if [ -e "$central/built" ]; then cp -p "$central/built" "$to/built"; fi
}

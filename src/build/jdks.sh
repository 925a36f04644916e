# The JDKs of this machine.
# shellcheck shell=bash

java_release=17

# jdk_major HOME: 21 for 21.0.5; fails where there is no compiler.
jdk_major() {
    local version
    [ -x "$1/bin/javac" ] && [ -x "$1/bin/java" ] || return 1
    version=$(sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$1/release" 2> /dev/null)
    [ -n "$version" ] || version=$(timeout 30 "$1/bin/javac" -version 2>&1 | sed -n 's/^javac \([0-9]*\).*/\1/p')
    [ -n "$version" ] && printf '%s\n' "$version"
}

# The one that Maven takes.
jdk_default() {
    if [ -n "${JAVA_HOME:-}" ]; then printf '%s\n' "$JAVA_HOME"; return; fi
    local javac
    javac=$(type -P javac) || return 1
    dirname "$(dirname "$(readlink -f "$javac")")"
}

# jdks_others [FOLDER…]: MAJOR HOME a line, one for each major version that the plugin allows, but for the default one's.
jdks_others() {
    local home major seen
    seen=" $(jdk_major "$(jdk_default)" || :) "
    [ $# -gt 0 ] || set -- /usr/lib/jvm/* /opt/java/* /opt/jdk*
    for home; do
        major=$(jdk_major "$home") || continue
        [ "$major" -ge "$java_release" ] || continue
        [[ $seen != *" $major "* ]] || continue
        seen+="$major "
        printf '%s %s\n' "$major" "$home"
    done | sort -n
}

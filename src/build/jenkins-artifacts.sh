# Whether pom.xml can be built here, and with which Maven.
# shellcheck shell=bash

# What Maven says when an artifact is to be had neither locally nor from a repository.
unresolved='Non-resolvable|could not be resolved|Could not resolve|Could not find artifact|Could not transfer|Unresolveable build extension|offline mode'

# Whether the parent POM, its extensions and jenkins-core resolve: from the local repository, else from a remote one. If not, `missing`
# says why. A POM that is wrong in another way is not missing anything: the build has to tell that.
jenkins_artifacts_resolve() {
    local answer
    answer=$(timeout 120 "${MVN:-mvn}" --batch-mode --offline --quiet -Dstyle.color=never -f "$root/pom.xml" validate 2>&1) && return
    grep -qE "$unresolved" <<< "$answer" || return 0
    answer=$(timeout 300 "${MVN:-mvn}" --batch-mode --quiet -Dstyle.color=never -f "$root/pom.xml" validate 2>&1) && return
    missing=$(grep -m 1 -E "$unresolved" <<< "$answer" | sed -E 's/^\[[A-Z]+\][[:space:]]*(Caused by: )?//; s/: transfer failed for.*//; s/ and .parent.relativePath.*//' | cut -c 1-300) || return 0
    return 1
}

# Sets MVN to a Maven that the parent POM accepts. If the machine's is older, Maven fetches one like any artifact, once. If that fails,
# `missing` says so.
jenkins_maven() {
    local cache=${XDG_CACHE_HOME:-$HOME/.cache}/slurm-apptainer fetched have version=3.9.11
    have=$("${MVN:-mvn}" --batch-mode --version -Dstyle.color=never | sed -n 's/.*Apache Maven \([0-9.]*\).*/\1/p')
    if [ "$(printf '%s\n' 3.9.6 "$have" | sort -V | head -n 1)" = 3.9.6 ]; then return; fi
    if [ ! -x "$cache/apache-maven-$version/bin/mvn" ]; then
        say "pom.xml needs Maven 3.9.6 or newer, this machine has $have: fetching $version"
        mkdir -p "$cache"
        # Without a POM, Maven makes a folder named '${project.basedir}' where it is started.
        fetched=$(mktemp -d "$cache/maven.XXXXXX")
        (cd "$fetched" && maven -q org.apache.maven.plugins:maven-dependency-plugin:3.11.0:unpack \
            "-Dartifact=org.apache.maven:apache-maven:$version:zip:bin" "-DoutputDirectory=$fetched") &&
            chmod +x "$fetched/apache-maven-$version/bin/mvn" &&
            mv -T "$fetched/apache-maven-$version" "$cache/apache-maven-$version"
        rm -rf "$fetched"
        if [ ! -x "$cache/apache-maven-$version/bin/mvn" ]; then
            missing="Maven $version could not be fetched, and this machine's is $have"
            return 1
        fi
    fi
    MVN=$cache/apache-maven-$version/bin/mvn
}

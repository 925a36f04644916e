#!/bin/bash
# Runs every test that this machine can run, and says what was left out: `make test`. The last line has the totals.
set -eu -o pipefail
. "$(dirname "$0")/common.sh"
. "$(dirname "$0")/reports.sh"
. "$(dirname "$0")/parts.sh"
. "$(dirname "$0")/jdks.sh"
. "$(dirname "$0")/jenkins-artifacts.sh"

# A caller that ignores signals, as nohup and background jobs do, would make all that is started here ignore them, too.
if [ -z "${SIGNALS_ARE_DEFAULT:-}" ] && env --default-signal=INT,QUIT true 2> /dev/null; then
    SIGNALS_ARE_DEFAULT=1 exec env --default-signal=INT,QUIT "$0"
fi

summary=()
all_passed=0 all_failed=0 all_skipped=0
existing=${SHARED_DIR:-}
trap parts_end EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

title() { printf '\n=== %s\n' "$*"; }

# part_done NAME FOLDER [LOG]: adds the reports in FOLDER, after part_wait. What failed without a failed test counts as one; with a LOG, it is
# Maven's, which does not fail for a test here.
part_done() {
    local note='' line
    reports_sum "$2"
    if [ "$status" != 0 ] && { [ "$failed" = 0 ] || [ -n "${3:-}" ]; }; then
        failed=$((failed + 1))
        note="  (no test: $(grep -m 1 'Failed to execute goal' "${3:-/dev/null}" | cut -c 9-200 || printf 'see above'))"
        if [ "$status" = 124 ]; then note='  (ended after its limit)'; fi
    fi
    summary+=("$(printf '%-44s %s passed, %s failed, %s skipped, %s s of at most %s%s' \
        "$1" "$passed" "$failed" "$skipped" "$took" "${part_limit[$1]}" "$note")")
    # A long run is looked at from its end.
    while IFS= read -r line; do summary+=("  FAILED: $line"); done < <(reports_failures "$2")
    all_passed=$((all_passed + passed)) all_failed=$((all_failed + failed)) all_skipped=$((all_skipped + skipped))
}

part_left_out() { summary+=("$(printf '%-44s left out: %s' "$1" "$2")"); }

fresh_folder() { rm -rf "$1"; mkdir -p "$1"; }

# The tests that leave their cluster in peace: several classes at once, because they mostly wait. Where root has made it, somebody watches it meanwhile.
cluster_tests() {
    local watcher= result=0
    cluster_load || return
    publish || return
    fresh_folder "$run/reports"
    give "$run/reports"
    if [ "$(id -u)" = 0 ] && [ -z "$existing" ]; then
        "$root/src/build/health.sh" "$1" main &
        watcher=$!
    fi
    as_user "$java" -cp "$class_path" org.junit.platform.console.ConsoleLauncher execute \
        --scan-classpath "$run/classes/test-classes" --include-tag 'cluster & !disturbing & !accounting' \
        --config junit.jupiter.execution.parallel.enabled=true \
        --config junit.jupiter.execution.parallel.mode.classes.default=concurrent \
        --config junit.jupiter.execution.parallel.config.strategy=fixed \
        --config junit.jupiter.execution.parallel.config.fixed.parallelism=4 \
        --reports-dir "$run/reports" --disable-banner --details testfeed --disable-ansi-colors || result=$?
    if [ -n "$watcher" ]; then
        kill "$watcher" 2> /dev/null || :
        wait "$watcher" || :
    fi
    cp "$run"/reports/TEST-*.xml "$1" 2> /dev/null || :
    return "$result"
}

# other_jdk MAJOR HOME: compiles everything and runs the plain tests, in a folder of its own.
other_jdk() {
    JAVA_HOME=$2 maven -f "$root/src/central/pom.xml" "-Dcentral.directory=$root/target/central-jdk$1" -Dmaven.test.failure.ignore test
}

# The plain ones have been run. The others wait for the cluster and for controllers, so there is work for more JVMs than processors. What takes
# nodes of the cluster down comes when nobody else uses it.
jenkins_tests() {
    maven -f "$root/pom.xml" -DforkCount=1.5C -Dplain-tests.skip -Ddisturbing-tests.skip -Dmaven.test.failure.ignore verify || {
        printf 'The tests that take nodes down were not run: Maven failed\n'
        return 1
    }
    while [ -n "${part_pid[$cluster_part]:-}" ] && part_runs "$cluster_part"; do sleep 1; done
    maven -f "$root/pom.xml" -Dmaven.test.failure.ignore surefire:test@disturbing-jenkins-tests
}

archives_test() {
    "$java" "-Darchive.jenkins=$archive" "-Darchive.central=$central/slurm-apptainer.hpi" \
        -cp "$central/test-classes:$central/test-libraries/*" org.junit.platform.console.ConsoleLauncher execute \
        --select-class=io.jenkins.plugins.slurmapptainer.build.ArchivesAgreeTest \
        --reports-dir "$1" --disable-banner --details tree --disable-ansi-colors
}

soak() {
    status=0
    JOBS=40 "$root/src/build/soak.sh" || status=$?
    printf '<testsuite name="soak" tests="1" failures="%s" errors="0" skipped="0"/>\n' "$((status != 0))" > "$1/TEST-soak.xml"
    return "$status"
}

# What the judge of the run has found, in one line.
soak_verdict() {
    local counts
    counts=$(sed -n 's/^\([0-9]* wrong, [0-9]* twice, [0-9]* lost\)$/\1/p' "$1" | tail -n 1)
    case $counts in
        '') printf '  its judge gave no verdict: the run did not come to its end\n' ;;
        '0 wrong, 0 twice, 0 lost') printf '  its judge: each build was told what really happened to its job, and no job ran twice or was lost\n' ;;
        *) printf '  its judge: %s (outcomes that are not what happened, jobs that ran twice, builds that were told no end or two); evidence above\n' "$counts" ;;
    esac
    sed -n 's/^\([0-9]* jobs are left in the queue\)$/  \1/p' "$1"
}

default=$(jdk_default) || default=
default_major=$(jdk_major "$default") || default_major='?'
archive=$root/target/slurm-apptainer.hpi
plain_part="plain Java, JDK $default_major" cluster_part='with a cluster'
# The classes, too: what annotation processors once wrote stays beside them, and would get into the archives.
rm -rf "$central/surefire-reports" "$central/test-libraries" "$archive" "$central/slurm-apptainer.hpi" "$central/classes" "$root/target/classes"

# Compiling is beside the cluster's start, which mostly waits.
part_start "$plain_part" 1800 central_build -Dmaven.test.failure.ignore verify
title 'The cluster'
part_start 'the cluster' 2700 "$root/src/cluster/cluster" up
# So do these tests, for the scripts that they run: all JDKs at once, when the first Maven has downloaded what all need.
others=()
part_says "$plain_part" '^\[INFO\] Running ' || :
while read -r major home; do
    others+=("$major" "$home")
    rm -rf "$root/target/central-jdk$major/surefire-reports"
    part_start "plain Java, JDK $major" 1800 other_jdk "$major" "$home"
done < <(jdks_others)
part_wait 'the cluster'
cluster=$status

# What disturbs clusters mostly waits, too, on clusters of its own: beside the rest, as soon as it is compiled.
disturbing='that disturb their cluster' short_soak="a soak run of 40 jobs${SEED:+, SEED=$SEED}"
disturbs='' soaks=''
part_says "$plain_part" '^\[INFO\] --- (maven-)?surefire' || :
if [ "$cluster" != 0 ] || [ ! -d "$central/test-libraries" ]; then
    part_left_out "$disturbing" 'there is no cluster'
elif [ "${DISTURB:-yes}" = no ]; then
    part_left_out "$disturbing" 'DISTURB=no'
elif [ "$(id -u)" != 0 ] || [ -n "$existing" ]; then
    part_left_out "$disturbing" 'they take daemons and nodes down, as root, on clusters that they make'
else
    disturbs=$central/faults-reports
    fresh_folder "$disturbs"
    part_start "$disturbing" 2400 "$root/src/build/faults.sh" "$disturbs"
    if [ "${SOAK:-yes}" = no ]; then
        part_left_out "$short_soak" 'SOAK=no'
    else
        soaks=$parts/soak
        fresh_folder "$soaks"
        part_start "$short_soak" 2400 soak "$soaks"
    fi
fi

title 'Tests that need neither Jenkins nor a cluster (src/central/pom.xml)'
part_wait "$plain_part"
part_done "$plain_part" "$central/surefire-reports" "${part_log[$plain_part]}"
if [ -e "$archive" ]; then mv "$archive" "$central"; fi

set -- "${others[@]}"
while [ $# -gt 0 ]; do
    title "Tests that need neither Jenkins nor a cluster, with JDK $1 ($2)"
    part="plain Java, JDK $1"
    part_wait "$part"
    part_done "$part" "$root/target/central-jdk$1/surefire-reports" "${part_log[$part]}"
    shift 2
done

cluster_reports=$central/cluster-reports
fresh_folder "$cluster_reports"
if [ "$cluster" = 3 ]; then
    part_left_out "$cluster_part" 'this machine can have no cluster, and SHARED_DIR names none'
elif [ "$cluster" != 0 ]; then
    part_limit[$cluster_part]=0 took=0 status=$cluster
    alarm 'the cluster did not start'
    part_done "$cluster_part" "$cluster_reports"
elif [ ! -d "$central/test-libraries" ]; then
    part_left_out "$cluster_part" 'the tests were not built'
else
    part_start "$cluster_part" 2400 cluster_tests "$cluster_reports"
fi

# Those on the cluster mostly wait.
jenkins_part='with Jenkins' jenkins_reports=$root/target/surefire-reports
rm -rf "$jenkins_reports"
if jenkins_artifacts_resolve && jenkins_maven; then
    part_start "$jenkins_part" 7200 jenkins_tests
fi

if [ -n "${part_pid[$cluster_part]:-}" ]; then
    title 'Tests that need a cluster'
    part_wait "$cluster_part"
    part_done "$cluster_part" "$cluster_reports"
    cat "$cluster_reports"/cluster-health.*.log >> "$parts/alarms" 2> /dev/null || :
fi

title 'Tests that need Jenkins (pom.xml)'
if [ -z "${part_pid[$jenkins_part]:-}" ]; then
    part_left_out "$jenkins_part" "$missing"
else
    part_wait "$jenkins_part"
    if [ "$status" != 0 ] && [ ! -d "$jenkins_reports" ] \
        && missing=$(grep -m 1 -E "^\[ERROR\].*($unresolved)" "${part_log[$jenkins_part]}" | cut -c 1-300); then
        part_left_out "$jenkins_part" "$missing"
    else
        part_done "$jenkins_part" "$jenkins_reports" "${part_log[$jenkins_part]}"
    fi
fi

if [ -n "$disturbs" ]; then
    title 'Tests that disturb their cluster, on clusters of their own'
    part_wait "$disturbing"
    part_done "$disturbing" "$disturbs"
    cat "$disturbs"/cluster-health.*.log >> "$parts/alarms" 2> /dev/null || :
fi
if [ -n "$soaks" ]; then
    title 'Many jobs under random faults'
    part_wait "$short_soak"
    part_done "$short_soak" "$soaks"
    summary+=("$(soak_verdict "${part_log[$short_soak]}")")
fi

title 'Whether both builds make the same plugin'
part='the two archives'
if [ ! -e "$archive" ] || [ ! -e "$central/slurm-apptainer.hpi" ]; then
    part_left_out "$part" 'there are not two'
    if [ ! -e "$archive" ] && [ -e "$central/slurm-apptainer.hpi" ]; then cp "$central/slurm-apptainer.hpi" "$archive"; fi
else
    reports=$central/archives-reports
    fresh_folder "$reports"
    part_start "$part" 300 archives_test "$reports"
    part_wait "$part"
    part_done "$part" "$reports"
fi
part_left_out 'a long soak run' 'make soak'

title 'Summary'
printf '%s\n' "${summary[@]}"
alarms_print
printf '%s passed, %s failed, %s skipped, %s s\n' "$all_passed" "$all_failed" "$all_skipped" "$SECONDS"
[ "$all_failed" = 0 ]

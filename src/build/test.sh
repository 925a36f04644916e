#!/bin/bash
# Runs every test that this machine can run, and says what was left out: `make test`. The last line has the totals.
set -eu -o pipefail
. "$(dirname "$0")/common.sh"
. "$(dirname "$0")/reports.sh"
. "$(dirname "$0")/jenkins-artifacts.sh"

# A caller that ignores signals, as nohup and background jobs do, would make all that is started here ignore them, too.
if [ -z "${SIGNALS_ARE_DEFAULT:-}" ] && env --default-signal=INT,QUIT true 2> /dev/null; then
    SIGNALS_ARE_DEFAULT=1 exec env --default-signal=INT,QUIT "$0"
fi

summary=()
all_passed=0 all_failed=0 all_skipped=0
existing=${SHARED_DIR:-}
log=$(mktemp)
trap 'rm -f "$log"' EXIT

title() { printf '\n=== %s\n' "$*"; }

# part_done NAME STATUS FOLDER [LOG]: adds the reports in FOLDER. What failed without a failed test counts as one; with a LOG, it is
# Maven's, which does not fail for a test here.
part_done() {
    local note=
    reports_sum "$3"
    if [ "$2" != 0 ] && { [ "$failed" = 0 ] || [ -n "${4:-}" ]; }; then
        failed=$((failed + 1))
        note="  (no test: $(grep -m 1 'Failed to execute goal' "${4:-/dev/null}" | cut -c 9-200 || printf 'see above'))"
    fi
    summary+=("$(printf '%-40s %s passed, %s failed, %s skipped%s' "$1" "$passed" "$failed" "$skipped" "$note")")
    all_passed=$((all_passed + passed)) all_failed=$((all_failed + failed)) all_skipped=$((all_skipped + skipped))
}

part_left_out() { summary+=("$(printf '%-40s left out: %s' "$1" "$2")"); }

cluster_tests() {
    cluster_load || return
    publish || return
    rm -rf "$run/reports"
    mkdir "$run/reports"
    give "$run/reports"
    as_user java -cp "$class_path" org.junit.platform.console.ConsoleLauncher execute \
        --scan-classpath "$run/classes/test-classes" --include-tag 'cluster & !disturbing & !accounting' \
        --config junit.jupiter.execution.parallel.enabled=true \
        --reports-dir "$run/reports" --disable-banner --details tree --disable-ansi-colors || return
}

title 'The cluster'
cluster=0
"$root/src/cluster/cluster" up || cluster=$?

title 'Tests that need neither Jenkins nor a cluster (src/central/pom.xml)'
status=0
rm -rf "$central/surefire-reports" "$central/test-libraries"
central_build -Dmaven.test.failure.ignore verify 2>&1 | tee "$log" || status=$?
part_done 'plain Java' "$status" "$central/surefire-reports" "$log"

title 'Tests that need a cluster'
reports=$central/cluster-reports
rm -rf "$reports"
mkdir -p "$reports"
if [ "$cluster" = 3 ]; then
    part_left_out 'with a cluster' 'this machine can have no cluster, and SHARED_DIR names none'
elif [ "$cluster" != 0 ]; then
    part_done 'with a cluster, which did not start' 1 "$reports"
elif [ ! -d "$central/test-libraries" ]; then
    part_left_out 'with a cluster' 'the tests were not built'
else
    status=0
    cluster_tests || status=$?
    cp "$run"/reports/TEST-*.xml "$reports" 2> /dev/null || :
    part_done 'with a cluster' "$status" "$reports"
fi

title 'Tests that disturb their cluster, on clusters of their own'
if [ "$cluster" != 0 ] || [ ! -d "$central/test-libraries" ]; then
    part_left_out 'that disturb their cluster' 'there is no cluster'
elif [ "${DISTURB:-yes}" = no ]; then
    part_left_out 'that disturb their cluster' 'DISTURB=no'
elif [ "$(id -u)" != 0 ] || [ -n "$existing" ]; then
    part_left_out 'that disturb their cluster' 'they take daemons and nodes down, as root, on clusters that they make'
else
    soaked=
    if [ "${SOAK:-yes}" != no ]; then
        soaked=$(mktemp -d)
        # Beside the others, for it has a cluster of its own and mostly waits.
        { status=0; JOBS=40 "$root/src/build/soak.sh" > "$soaked/log" 2>&1 || status=$?; echo "$status" > "$soaked/status"; } &
        soak=$!
    fi
    status=0
    reports=$central/faults-reports
    rm -rf "$reports"
    mkdir -p "$reports"
    "$root/src/build/faults.sh" "$reports" || status=$?
    part_done 'that disturb their cluster' "$status" "$reports"
    if [ -n "$soaked" ]; then
        wait "$soak"
        cat "$soaked/log"
        read -r status < "$soaked/status"
        printf '<testsuite name="soak" tests="1" failures="%s" errors="0" skipped="0"/>\n' "$((status != 0))" > "$soaked/TEST-soak.xml"
        part_done "soak, $(sed -n 's/^soak: \(SEED=[0-9]* JOBS=[0-9]*\),.*/\1/p' "$soaked/log")" "$status" "$soaked"
        rm -rf "$soaked"
    else
        part_left_out 'a short soak run' 'SOAK=no'
    fi
fi

title 'Tests that need Jenkins (pom.xml)'
reports=$root/target/surefire-reports
rm -rf "$reports"
if jenkins_artifacts_resolve; then
    status=0
    { jenkins_maven && maven -f "$root/pom.xml" -Dmaven.test.failure.ignore verify 2>&1 | tee "$log"; } || status=$?
    if [ "$status" != 0 ] && [ ! -d "$reports" ] && missing=$(grep -m 1 -E "^\[ERROR\].*($unresolved)" "$log" | cut -c 1-300); then
        part_left_out 'with Jenkins' "$missing"
    else
        part_done 'with Jenkins' "$status" "$reports" "$log"
    fi
else
    part_left_out 'with Jenkins' "$missing"
fi
part_left_out 'a long soak run' 'make soak'

title 'Summary'
printf '%s\n' "${summary[@]}"
printf '%s passed, %s failed, %s skipped\n' "$all_passed" "$all_failed" "$all_skipped"
[ "$all_failed" = 0 ]

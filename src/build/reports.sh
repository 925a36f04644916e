# Sums of JUnit's XML reports.
# shellcheck shell=bash

# reports_sum FOLDER: sets passed, failed and skipped.
reports_sum() {
    local file suite tests
    passed=0 failed=0 skipped=0
    for file in "$1"/TEST-*.xml; do
        [ -e "$file" ] || continue
        suite=$(tr '\n' ' ' < "$file" | grep -o -m 1 '<testsuite [^>]*>' | head -n 1)
        tests=$(reports_number tests)
        failed=$((failed + $(reports_number failures) + $(reports_number errors)))
        skipped=$((skipped + $(reports_number skipped)))
        passed=$((passed + tests))
    done
    passed=$((passed - failed - skipped))
}

reports_number() {
    local number
    number=$(sed -n "s/.* $1=\"\([0-9]*\)\".*/\1/p" <<< "$suite")
    printf %s "${number:-0}"
}

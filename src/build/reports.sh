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

# reports_failures FOLDER: each failed test as "Class.name: the first line of what it says".
reports_failures() {
    local file
    for file in "$1"/TEST-*.xml; do
        [ -e "$file" ] || continue
        LC_ALL=C awk -v RS='<testcase ' '
            function attribute(text, name) {
                if (!match(text, "(^|[ \n])" name "=\"[^\"]*\"")) return ""
                text = substr(text, RSTART, RLENGTH)
                sub(/^[^"]*"/, "", text)
                sub(/"$/, "", text)
                gsub(/&lt;/, "<", text); gsub(/&gt;/, ">", text); gsub(/&quot;/, "\"", text); gsub(/&apos;|&#39;/, "\047", text)
                gsub(/&#(10|13|9|xa|xA|xd|xD|x9);/, "\n", text); gsub(/&amp;/, "\\&", text)
                return text
            }
            { sub(/<system-(out|err).*/, "") }
            NR > 1 && match($0, /<(failure|error)[ >\/]/) {
                class = attribute($0, "classname")
                sub(/.*\./, "", class)
                message = attribute(substr($0, RSTART, 4000), "message")
                sub(/^\n+/, "", message)
                sub(/\n.*/, "", message)
                print class "." attribute($0, "name") ": " (message == "" ? "no message" : substr(message, 1, 400))
            }
        ' "$file"
    done
}

#!/bin/bash
# Gives every reader of foreign text inputs that were made at random: `make fuzz [SECONDS=600] [SEED=n]`. Needs neither a cluster nor
# Jenkins. Ends with 1 if an input was neither read nor refused, or took long; a run with the same seed and more time comes to it again.
set -eu -o pipefail
. "$(dirname "$0")/common.sh"

seconds=${FUZZ_SECONDS:-600} seed=${SEED:-$RANDOM}
[[ $seconds =~ ^[1-9][0-9]{0,5}$ && $seed =~ ^[0-9]{1,9}$ ]] || die 'SECONDS and SEED must be numbers'
if central_is_stale; then
    say 'fuzz: building'
    central_build -q -DskipTests package
fi
say "fuzz: SEED=$seed, $seconds s"
# Little memory: what a short text makes large shows.
exec "$java" -Xmx300m -cp "$central/test-classes:$central/classes:$central/jenkins-api:$central/test-libraries/*" \
    io.jenkins.plugins.slurmapptainer.fuzz.Fuzzer "$seconds" "$seed" "$root/target/fuzz-failed.txt"

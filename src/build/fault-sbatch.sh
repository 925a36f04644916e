#!/bin/bash
# Stands before the real sbatch on the PATH of tests, and does to a call what the order with its job's token says, once. Orders lie in the
# folder `orders` beside this script's: one line, KIND and for `slow` the seconds.
here=$(dirname "$(readlink -f "$0")")
token=${!#} token=${token%/batch.sh} token=${token##*/}
kind='' seconds=0
if mv "$here/../orders/$token" "$here/../orders/$token.done" 2> /dev/null; then read -r kind seconds < "$here/../orders/$token.done"; fi
real() { env "PATH=${PATH#*:}" sbatch "$@"; }
failed() { echo "sbatch: error: $1" >&2; exit 1; }
case $kind in
    slow) sleep "$seconds"; real "$@" ;;
    killed-after) real "$@" > /dev/null; kill -KILL $$ ;;
    killed-before) kill -KILL $$ ;;
    timed-out-after) real "$@" > /dev/null; failed 'Batch job submission failed: Socket timed out on send/recv operation' ;;
    error-after) real "$@" > /dev/null; failed 'site plugin: cannot write its log' ;;
    silent-after) real "$@" > /dev/null ;;
    refused) failed 'Batch job submission failed: Unable to contact slurm controller (connect failure)' ;;
    banner) echo 'Welcome. 12345 jobs ran here last month.'; real "$@"; echo 'Good bye' ;;
    *) real "$@" ;;
esac

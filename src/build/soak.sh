#!/bin/bash
# Many jobs of random behaviour under random faults, on a real cluster of its own: `make soak [SEED=n] [JOBS=300]`.
# Ends with 1 if an outcome was wrong, a job ran twice or was lost.
set -eu -o pipefail
. "$(dirname "$0")/common.sh"

seed=${SEED:-$RANDOM} jobs=${JOBS:-300}
[[ $seed =~ ^[0-9]{1,9}$ && $jobs =~ ^[1-9][0-9]{0,5}$ ]] || die 'SEED and JOBS must be numbers'
[ "$(id -u)" = 0 ] || die 'make soak takes daemons and nodes down: it needs root, on a cluster that it makes itself'

export CLUSTER_DIR=${SOAK_CLUSTER_DIR:-/var/tmp/slurm-apptainer/soak} CLUSTER_PORT=${SOAK_CLUSTER_PORT:-19817}
export CPUS=12 KILL_WAIT=5
unset SHARED_DIR IMAGES_DIR

driver=
# shellcheck disable=SC2317 # called by the trap
down() {
    [ -z "$driver" ] || kill "$driver" 2> /dev/null || :
    wait
    "$root/src/cluster/cluster" down > /dev/null 2>&1 || :
}

trap down EXIT
"$root/src/cluster/cluster" up
if central_is_stale; then
    say 'soak: building'
    central_build -q -DskipTests package
fi
cluster_load
publish

# The first sbatch on the PATH does to each call what the order with the job's token says, once.
rm -rf "$run/soak"
mkdir -p "$run/soak/"{bin,orders,requests}
cat > "$run/soak/bin/sbatch" <<WRAPPER
#!/bin/bash
token=\${!#} token=\${token%/batch.sh} token=\${token##*/}
order=
if mv "$run/soak/orders/\$token" "$run/soak/orders/\$token.done" 2> /dev/null; then read -r order < "$run/soak/orders/\$token.done"; fi
real() { $(command -v sbatch) "\$@"; }
case \$order in
    slow) sleep \$((RANDOM % 8)); real "\$@" ;;
    killed-after) real "\$@" > /dev/null; kill -KILL \$\$ ;;
    killed-before) kill -KILL \$\$ ;;
    timed-out-after) real "\$@" > /dev/null
        echo 'sbatch: error: Batch job submission failed: Socket timed out on send/recv operation' >&2; exit 1 ;;
    error-after) real "\$@" > /dev/null; echo 'sbatch: error: site plugin: cannot write its log' >&2; exit 1 ;;
    silent-after) real "\$@" > /dev/null ;;
    refused) echo 'sbatch: error: Batch job submission failed: Unable to contact slurm controller (connect failure)' >&2; exit 1 ;;
    banner) echo 'Welcome. 12345 jobs ran here last month.'; real "\$@"; echo 'Good bye' ;;
    *) real "\$@" ;;
esac
WRAPPER
chmod 755 "$run/soak/bin/sbatch"
chmod 755 "$run/soak" "$run/soak/bin"
give "$run/soak/orders" "$run/soak/requests"

say "soak: SEED=$seed JOBS=$jobs"
"$root/src/build/soak-faults.sh" "$run/soak/requests" &
driver=$!
for _ in 1 2 3 4 5 6 7 8 9 10; do [ -e "$run/soak/requests/ready" ] || sleep 0.5; done
[ -e "$run/soak/requests/ready" ] || die 'soak: the part that runs as root did not start'
status=0
PATH=$run/soak/bin:$PATH as_user java -Xmx512m -cp "$class_path" io.jenkins.plugins.slurmapptainer.soak.Soak \
    "$seed" "$jobs" "$run/soak/requests" "$run/soak/orders" || status=$?
say "soak: SEED=$seed JOBS=$jobs ended with $status"
exit "$status"

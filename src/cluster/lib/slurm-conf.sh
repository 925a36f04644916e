# Slurm's configuration. https://slurm.schedmd.com/slurm.conf.html explains each option.
# shellcheck shell=bash

slurm_conf_write() {
    local etc=$CLUSTER_DIR/etc
    mkdir -p "$etc"
    # An option that EXTRA_SLURM_CONF sets is left out here: Slurm's commands would complain about each one set twice.
    slurm_conf | awk -F= '
        { key = tolower($1); gsub(/[ \t]/, "", key) }
        NR == FNR { if (key != "partitionname" && key != "nodename") extra[key]; next }
        key == "" || !(key in extra)
    ' <(printf '%s\n' "$EXTRA_SLURM_CONF") - > "$etc/slurm.conf"
    printf '%s\n' "$EXTRA_SLURM_CONF" >> "$etc/slurm.conf"

    # Prints assignments that Slurm puts into a job's environment. Whatever --export says, jobs of a usual cluster find Apptainer in
    # /usr/bin and have a home from /etc/passwd; here neither is so. The mark is how `down` finds what a job leaves behind.
    cat > "$etc/task-prolog" <<EOF
#!/bin/sh
echo "export $OWNER_MARK=$CLUSTER_DIR"
case \$PATH: in $CLUSTER_CACHE/bin:*) ;; *) echo "export PATH=$CLUSTER_CACHE/bin:\${PATH:-/usr/local/bin:/usr/bin:/bin}" ;; esac
[ "\$SLURM_JOB_USER" = $CLUSTER_USER ] && [ -z "\$HOME" ] && echo "export HOME=$CLUSTER_HOME"
exit 0
EOF
    chmod 755 "$etc/task-prolog"

    rm -f "$etc/cgroup.conf"
    if cgroups_used; then
        printf 'CgroupPlugin=cgroup/v1\nCgroupMountpoint=%s\nConstrainRAMSpace=yes\n' "$CGROUPS_ROOT" > "$etc/cgroup.conf"
    elif [ "$(slurm_version)" -ge 24 ]; then
        printf 'CgroupPlugin=disabled\n' > "$etc/cgroup.conf"
    else
        # Older versions know no such word, but this plugin does nothing until it is used. The default wants /sys/fs/cgroup to be there.
        printf 'CgroupPlugin=cgroup/v1\n' > "$etc/cgroup.conf"
    fi
}

# Tokens beside munge (`scontrol token`), where the plugin is there: an older cache of another generation lacks it.
jwt_conf() {
    if [ -n "$SLURM" ]; then [ -e "$CLUSTER_DIR/slurm/plugins/auth_jwt.so" ] || return 0; else own_has_jwt || return 0; fi
    printf 'AuthAltTypes=auth/jwt\nAuthAltParameters=jwt_key=%s\n' "$CLUSTER_DIR/munge/jwt.key"
}

# Version 1 only: for version 2, Slurm wants systemd or a part of the tree handed over to it.
CGROUPS_ROOT=/sys/fs/cgroup
cgroups_used() {
    local controller
    [ "$CGROUPS" != 0 ] || return 1
    for controller in memory/memory.limit_in_bytes freezer/tasks; do
        [ -e "$CGROUPS_ROOT/$controller" ] || return 1
        controller=$CGROUPS_ROOT/${controller%/*}/try.$$
        { mkdir "$controller" && rmdir "$controller"; } 2> /dev/null || return 1
    done
}

# 22 for 22.05.8
slurm_version() { slurmctld -V | grep -oE '[0-9]+' | head -n 1; }

slurm_conf() {
    # A daemon can be told to listen on the address of the host's name alone. Where that is 127.0.0.1, no other machine can reach
    # Slurm. Elsewhere it must listen on all addresses, and munge's key alone keeps others out: also with Debian's 127.0.1.1, since
    # the kernel gives connections on loopback the address 127.0.0.1, to which slurmstepd would then answer in vain.
    local address only=
    address=$(getent ahostsv4 "$HOSTNAME" | awk 'NR == 1 {print $1}') || true
    case $address in
        127.0.0.1) only='CommunicationParameters=NoInAddrAny,NoCtldInAddrAny' ;;
        '') say "the host's name, $HOSTNAME, has no address: srun will be slow until /etc/hosts names it" ;;
    esac
    cat <<EOF
ClusterName=apptainer$CLUSTER_PORT
# From 1 at the default port. Elsewhere others, because clusters on one machine share the names of cgroups.
FirstJobId=$(((CLUSTER_PORT - 16817 + 65536) % 65536 * 1000 + 1))
SlurmctldHost=localhost(127.0.0.1)
SlurmctldPort=$CLUSTER_PORT
$only
AuthType=auth/munge
AuthInfo=socket=$CLUSTER_DIR/run/munge.socket
$(jwt_conf)
SlurmUser=root
SlurmdUser=root

StateSaveLocation=$CLUSTER_DIR/state
SlurmdSpoolDir=$CLUSTER_DIR/spool/%n
SlurmctldPidFile=$CLUSTER_DIR/run/slurmctld.pid
SlurmdPidFile=$CLUSTER_DIR/run/slurmd-%n.pid
SlurmctldLogFile=$CLUSTER_DIR/log/slurmctld.log
SlurmdLogFile=$CLUSTER_DIR/log/slurmd-%n.log
MailProg=/bin/true
TaskProlog=$CLUSTER_DIR/etc/task-prolog
# A folder for each node: PMIx names its files there by user and step alone.
TmpFS=$CLUSTER_DIR/tmp/%n

# One machine plays several, each larger than it is.
SlurmdParameters=config_overrides
MpiDefault=none
PropagateResourceLimits=NONE
ReturnToService=2

SelectType=select/cons_tres
SelectTypeParameters=CR_CPU_Memory
DefMemPerCPU=$((MEMORY / CPUS > 0 ? MEMORY / CPUS : 1))
JobAcctGatherType=jobacct_gather/linux
JobAcctGatherFrequency=task=2

# Short jobs one after the other must not wait for a scheduler that thinks in minutes.
SchedulerType=sched/backfill
SchedulerParameters=batch_sched_delay=0,sched_interval=5,bf_interval=2
KillWait=$KILL_WAIT
MinJobAge=$MIN_JOB_AGE
EOF
    if cgroups_used; then
        printf 'TaskPlugin=task/cgroup\nProctrackType=proctrack/cgroup\n'
    else
        # Slurm itself compares each task with its limit, at the frequency above.
        printf 'TaskPlugin=task/none\nProctrackType=proctrack/linuxproc\nJobAcctGatherParams=OverMemoryKill\n'
    fi
    if [ "$ACCOUNTING" = 1 ]; then
        cat <<EOF
AccountingStorageType=accounting_storage/slurmdbd
AccountingStorageHost=127.0.0.1
AccountingStoragePort=$((CLUSTER_PORT + 1))
# Not a password: the munge socket for these connections, which don't heed AuthInfo.
AccountingStoragePass=$CLUSTER_DIR/run/munge.socket
EOF
    fi
    local first=$((CLUSTER_PORT + 10)) last=$((CLUSTER_PORT + 9 + NODES)) nodes="n[1-$NODES]" ports
    ports="[$first-$last]"
    if [ "$NODES" = 1 ]; then nodes=n1 ports=$first; fi
    cat <<EOF

NodeName=$nodes NodeHostname=localhost NodeAddr=127.0.0.1 Port=$ports CPUs=$CPUS RealMemory=$MEMORY State=UNKNOWN
PartitionName=group1 Nodes=ALL Default=YES MaxTime=UNLIMITED
PartitionName=debug Nodes=ALL MaxTime=00:10:00

EOF
}

# Slurm's configuration. https://slurm.schedmd.com/slurm.conf.html explains each option.
# shellcheck shell=bash

slurm_conf_write() {
    local etc=$CLUSTER_DIR/etc
    mkdir -p "$etc"
    # An option that EXTRA_SLURM_CONF sets is left out here: Slurm's commands would complain about each one set twice.
    slurm_conf | awk -F= '
        FILENAME == "-" { if (!(tolower($1) in extra)) print; next }
        { key = tolower($1); gsub(/[ \t]/, "", key); if (key != "partitionname" && key != "nodename") extra[key] }
    ' <(printf '%s\n' "$EXTRA_SLURM_CONF") - > "$etc/slurm.conf"
    printf '%s\n' "$EXTRA_SLURM_CONF" >> "$etc/slurm.conf"

    # Prints assignments that Slurm puts into a job's environment. Whatever --export says, jobs of a usual cluster find Apptainer in
    # /usr/bin and have a home from /etc/passwd; here neither is so.
    cat > "$etc/task-prolog" <<EOF
#!/bin/sh
case \$PATH: in $CLUSTER_CACHE/bin:*) ;; *) echo "export PATH=$CLUSTER_CACHE/bin:\${PATH:-/usr/local/bin:/usr/bin:/bin}" ;; esac
[ "\$SLURM_JOB_USER" = $CLUSTER_USER ] && [ -z "\$HOME" ] && echo "export HOME=$CLUSTER_HOME"
exit 0
EOF
    chmod 755 "$etc/task-prolog"

    rm -f "$etc/cgroup.conf"
    if cgroups_used; then
        printf 'CgroupPlugin=cgroup/v1\nCgroupMountpoint=%s\nConstrainRAMSpace=yes\n' "$(dirname "$CGROUP")" > "$etc/cgroup.conf"
    elif [ "$(slurm_version)" -ge 24 ]; then
        printf 'CgroupPlugin=disabled\n' > "$etc/cgroup.conf"
    else
        # Older versions know no such word, but this plugin does nothing until it is used. The default wants /sys/fs/cgroup to be there.
        printf 'CgroupPlugin=cgroup/v1\n' > "$etc/cgroup.conf"
    fi
}

# Version 1 only: for version 2, Slurm wants systemd or a part of the tree handed over to it.
CGROUP=/sys/fs/cgroup/memory
cgroups_used() {
    [ "$CGROUPS" != 0 ] && [ -e "$CGROUP/memory.limit_in_bytes" ] || return 1
    mkdir "$CGROUP/try.$$" 2> /dev/null && rmdir "$CGROUP/try.$$"
}

# 22 for 22.05.8
slurm_version() { slurmctld -V | grep -oE '[0-9]+' | head -n 1; }

slurm_conf() {
    # Daemons told not to listen on all addresses take the one of the host's name. Where that is a loopback address, no other machine
    # can reach them; where the name has another one, or none, they listen on all, and munge's key alone keeps others out.
    local address only='CommunicationParameters=NoInAddrAny,NoCtldInAddrAny'
    address=$(getent ahostsv4 "$HOSTNAME" | awk 'NR == 1 {print $1}') || true
    case $address in
        127.*) ;;
        '') say "the host's name, $HOSTNAME, has no address: srun will be slow until /etc/hosts names it" ;&
        *) address=127.0.0.1 only= ;;
    esac
    cat <<EOF
ClusterName=apptainer$CLUSTER_PORT
# From 1 at the default port. Elsewhere others, because clusters on one machine share the names of cgroups.
FirstJobId=$(((CLUSTER_PORT - 16817 + 65536) % 65536 * 1000 + 1))
SlurmctldHost=localhost($address)
SlurmctldPort=$CLUSTER_PORT
$only
AuthType=auth/munge
AuthInfo=socket=$CLUSTER_DIR/run/munge.socket
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

# One machine plays several, each larger than it is.
SlurmdParameters=config_overrides
ProctrackType=proctrack/linuxproc
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
        printf 'TaskPlugin=task/cgroup\n'
    else
        printf '# Without cgroups, Slurm itself compares each task with its limit, at the frequency above.\n'
        printf 'TaskPlugin=task/none\nJobAcctGatherParams=OverMemoryKill\n'
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

NodeName=$nodes NodeHostname=localhost NodeAddr=$address Port=$ports CPUs=$CPUS RealMemory=$MEMORY State=UNKNOWN
PartitionName=group1 Nodes=ALL Default=YES MaxTime=UNLIMITED
PartitionName=debug Nodes=ALL MaxTime=00:10:00

EOF
}

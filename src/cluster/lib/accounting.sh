# Accounting: slurmdbd, and a MariaDB of its own that lives in the cluster's folder.
# shellcheck shell=bash

accounting_start() {
    local database=$CLUSTER_DIR/database password
    mariadb_start "$database" || return 1
    if [ ! -e "$database/password" ]; then
        password=$(head -c 18 /dev/urandom | base64 | tr -d '+/=')
        timeout 60 mariadb --no-defaults --socket="$CLUSTER_DIR/run/mariadb.socket" --user=root 2>> "$CLUSTER_DIR/log/mariadbd.start" <<EOF || return 1
CREATE DATABASE slurm; CREATE USER slurm@'127.0.0.1' IDENTIFIED BY '$password'; GRANT ALL ON slurm.* TO slurm@'127.0.0.1';
EOF
        ( umask 077 && printf '%s\n' "$password" > "$database/password" )
        slurmdbd_conf "$password"
    fi
    # Its configuration lies beside slurm.conf.
    daemon_start slurmdbd slurmdbd || return 1
    if ! wait_until 60 slurmdbd_answers; then
        say 'slurmdbd does not answer'
        log_tail "$CLUSTER_DIR/log/sacctmgr.log"
        log_tail "$CLUSTER_DIR/log/slurmdbd.log"
        return 1
    fi
    # slurmctld keeps no record for a cluster that slurmdbd does not know.
    if [ -z "$(timeout 30 sacctmgr -n show cluster format=cluster)" ]; then
        timeout 60 sacctmgr -i add cluster "apptainer$CLUSTER_PORT" > /dev/null || return 1
    fi
}

slurmdbd_answers() { timeout 5 sacctmgr -n show cluster > "$CLUSTER_DIR/log/sacctmgr.log" 2>&1; }

mariadb_start() {
    local log=$CLUSTER_DIR/log/mariadbd.start
    if [ ! -d "$1/data/mysql" ]; then
        mkdir -p "$1"
        timeout 300 mariadb-install-db --no-defaults --datadir="$1/data" --user=root --auth-root-authentication-method=socket --skip-test-db \
            > "$log" 2>&1 9>&- || { say 'no database could be made'; log_tail "$log"; return 1; }
    fi
    # Small and careless about power failures: nothing in it outlives `down`.
    daemon_start mariadbd mariadbd --no-defaults --user=root --datadir="$1/data" \
        --socket="$CLUSTER_DIR/run/mariadb.socket" --pid-file="$CLUSTER_DIR/run/mariadbd.pid" \
        --bind-address=127.0.0.1 --port=$((CLUSTER_PORT + 2)) --skip-name-resolve \
        --innodb-buffer-pool-size=64M --innodb-lock-wait-timeout=900 --innodb-flush-log-at-trx-commit=0 || return 1
    wait_until 30 test -S "$CLUSTER_DIR/run/mariadb.socket" || { say 'MariaDB does not answer'; log_tail "$log"; return 1; }
}

# slurmdbd refuses a file with a password that others can read.
slurmdbd_conf() {
    ( umask 077 && cat > "$CLUSTER_DIR/etc/slurmdbd.conf" <<EOF
DbdHost=localhost
DbdAddr=127.0.0.1
DbdPort=$((CLUSTER_PORT + 1))
AuthType=auth/munge
AuthInfo=socket=$CLUSTER_DIR/run/munge.socket
SlurmUser=root
StorageType=accounting_storage/mysql
StorageHost=127.0.0.1
StoragePort=$((CLUSTER_PORT + 2))
StorageUser=slurm
StoragePass=$1
StorageLoc=slurm
PidFile=$CLUSTER_DIR/run/slurmdbd.pid
LogFile=$CLUSTER_DIR/log/slurmdbd.log
$(generation_plugins)
EOF
    )
}

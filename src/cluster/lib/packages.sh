# Debian's packages: what is missing is installed, none of their services is started.
# shellcheck shell=bash

# All that any cluster of this machine may need is chosen before anything is installed, and installed at once: daemons read their plugins
# when they start, and what the choice looks at comes with the packages themselves.
packages_install() {
    local missing=()
    packages_choose
    [ ${#missing[@]} = 0 ] || apt_install "${missing[@]}"
}

# Adds what is missing to `missing`.
packages_choose() {
    # By command, not by package: a Slurm that was installed another way stays as it is.
    if [ -z "$SLURM" ]; then
        need munged munge
        need slurmctld slurmctld
        need slurmd slurmd
        need sbatch slurm-client
        # Beside Debian's own Slurm only; another one has its own plugins and libraries.
        if own_slurm_is_debians; then
            own_has_jwt || missing+=(slurm-wlm-jwt-plugin)
            # The plugin for PMIx opens the library by the name that only this package has.
            own_has_pmix || missing+=(libpmix-dev)
        fi
        # For clusters with accounting, which come later.
        if [ "$ACCOUNTING" = 1 ] || own_slurm_is_debians; then need slurmdbd slurmdbd; fi
    elif [ ! -x /usr/sbin/slurmstepd ]; then
        # To read a user's environment, slurmd calls it by this path, which is built in. The machine's own will do.
        missing+=(slurmd)
    fi
    # The server without its service, which the package mariadb-server would add.
    need mariadbd mariadb-server-core
    need mariadb mariadb-client-core
    need setpriv util-linux
    need patchelf patchelf
    need debootstrap debootstrap
    need mksquashfs squashfs-tools
    # Mounts an image without root. Apptainer would else unpack it for each command.
    need squashfuse squashfuse
    # Without these two, Apptainer says so in the output of each job.
    need gocryptfs gocryptfs
    need fuse2fs fuse2fs
    # File systems whose copies share blocks, one of them with a quota.
    need mkfs.btrfs btrfs-progs
    need mkfs.xfs xfsprogs
    need filefrag e2fsprogs
    # A view of a directory with remembered attributes and names, as over NFS.
    need bindfs bindfs
    # Counts calls on files, for tests and the bench.
    need strace strace
    # Images of registries are tested with this one, on the loopback.
    need docker-registry docker-registry
    [ -e /usr/share/keyrings/debian-archive-keyring.gpg ] || missing+=(debian-archive-keyring)
}

own_plugins='/usr/lib/*/slurm-wlm'
own_pmix='/usr/lib/*/pmix2/lib/libpmix.so'
own_has_jwt() { compgen -G "$own_plugins/auth_jwt.so" > /dev/null; }
own_has_pmix() { compgen -G "$own_pmix" > /dev/null; }
# Whether it is Debian's, or will be.
own_slurm_is_debians() { [[ " ${missing[*]} " =~ \ slurm(ctl)?d\  ]] || compgen -G "$own_plugins/auth_munge.so" > /dev/null; }

# need COMMAND PACKAGE: adds the package to `missing` unless the command is there.
need() { command -v "$1" > /dev/null || missing+=("$2"); }

apt_install() {
    local log=$CLUSTER_CACHE/install.log
    say "installing $*"
    policy_forbid
    # The package lists may be missing or too old, a mirror may fail once: one refresh, one more try.
    if ! apt_get install "$@" > "$log" 2>&1 &&
       ! { apt_get update && apt_get install "$@"; } >> "$log" 2>&1 &&
       ! { sleep 5; apt_get update && apt_get install "$@"; } >> "$log" 2>&1; then
        log_tail "$log"
        die "could not install $*"
    fi
    policy_restore
}

apt_get() {
    local options=(-y -q --no-install-recommends -o DPkg::Lock::Timeout=300 -o Dpkg::Options::=--force-confold)
    [ "$1" != update ] || options=(-q)
    DEBIAN_FRONTEND=noninteractive NEEDRESTART_SUSPEND=1 timeout --foreground --kill-after=60 1800 apt-get "${options[@]}" "$@" < /dev/null 9>&-
}

# Maintainer scripts ask policy-rc.d before they start a service. One that the machine has is its administrator's and stays.
policy_file=/usr/sbin/policy-rc.d
policy_line='# put here by slurm-apptainer cluster while it installs packages; can be removed'

policy_forbid() {
    if [ -e "$policy_file" ]; then return; fi
    printf '#!/bin/sh\n%s\nexit 101\n' "$policy_line" > "$policy_file"
    chmod 755 "$policy_file"
    trap policy_restore EXIT
}

policy_restore() {
    if grep -qxF "$policy_line" "$policy_file" 2> /dev/null; then rm -f "$policy_file"; fi
}

# The machine's own Debian mirror, from its apt configuration: a cloud image, a mirror in a company and a CI proxy all have one.
debian_mirror() {
    # Whose an archive is, apt knows from its package lists, which an image may lack.
    mirror_of_apt || { apt_get update > /dev/null 2>&1 && mirror_of_apt; } || { say 'the apt configuration names no Debian mirror'; return 1; }
}

mirror_of_apt() {
    local uri release
    # shellcheck disable=SC2016  # these names are for apt
    local format='$(REPO_URI) $(RELEASE)'
    while read -r uri release; do
        # bookworm-security and -updates are other archives or lack most packages.
        case $release in *-*|*/*) continue ;; esac
        case $uri in
            http://*|https://*|file:*) printf '%s\n' "${uri%/}"; return ;;
            mirror+file:*) grep -m1 -oE 'https?://[^[:space:]]+' "${uri#mirror+file:}" | sed 's:/*$::' && return ;;
        esac
    done < <(apt-get indextargets --format "$format" 'Identifier: Packages' 'Component: main' 'Origin: Debian')
    return 1
}

# apt_of RELEASE: from here on, apt commands of this shell see that release alone, and nothing as installed. They keep their lists in
# the cache and neither read nor change /etc/apt's sources.
apt_of() {
    local apt=$CLUSTER_CACHE/apt mirror
    mirror=$(debian_mirror) || exit 1
    rm -rf "$apt"
    mkdir -p "$apt/lists/partial" "$apt/cache/archives/partial"
    : > "$apt/status"
    printf 'deb [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] %s %s main\n' "$mirror" "$1" > "$apt/sources.list"
    cat > "$apt/apt.conf" <<EOF
Dir::State "$apt";
Dir::State::lists "$apt/lists";
Dir::State::status "$apt/status";
Dir::Cache "$apt/cache";
Dir::Etc::sourcelist "$apt/sources.list";
Dir::Etc::sourceparts "/dev/null";
Dir::Etc::preferences "/dev/null";
Dir::Etc::preferencesparts "/dev/null";
APT::Sandbox::User "root";
Acquire::Languages "none";
// A mirror may be frozen; signatures are checked all the same.
Acquire::Check-Valid-Until "false";
Acquire::IndexTargets::deb::Contents-deb::DefaultEnabled "false";
EOF
    export APT_CONFIG=$apt/apt.conf
    if ! apt_get update > "$apt/log" 2>&1 && ! { sleep 5; apt_get update > "$apt/log" 2>&1; }; then
        log_tail "$apt/log"
        die "could not read the package list of $1"
    fi
}

# elf_relocate UNPACKED FINAL PROGRAM [FOLDER…]: makes a program that was unpacked from packages run from FINAL, with the C library
# that lies beside it, and with more libraries from folders beside that. What is no program stays as it is.
elf_relocate() {
    local new=$1 final=$2 program=$3 libs folder path interpreter
    shift 3
    interpreter=$(patchelf --print-interpreter "$program" 2> /dev/null) || return 0
    libs=$(dirname "$(find "$new/usr/lib" "$new/lib" -name libc.so.6 2> /dev/null | head -n 1)")
    path=$final${libs#"$new"}
    for folder; do path=$path:$final${libs#"$new"}/$folder; done
    # DT_RPATH, not DT_RUNPATH: it also holds for what the libraries themselves need.
    patchelf --set-interpreter "$final${libs#"$new"}/$(basename "$interpreter")" --force-rpath --set-rpath "$path" "$program"
}

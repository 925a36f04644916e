# Apptainer 1.4 or newer from Debian's packages, unpacked into the cache beside the system, with a configuration of its own.
# Unpacked even where the release has it: one way everywhere, and an installed Apptainer keeps its version and configuration.
# shellcheck shell=bash

APPTAINER_MINIMUM=1.4
APPTAINER_CONF=usr/etc/apptainer/apptainer.conf

apptainer_install() {
    local root=$CLUSTER_CACHE/apptainer new=$CLUSTER_CACHE/apptainer.new
    if [ ! -x "$root/usr/bin/apptainer" ]; then
        rm -rf "$new"
        mkdir -p "$new/debs"
        apptainer_download "$new/debs"
        local deb
        for deb in "$new"/debs/*.deb; do dpkg-deb --extract "$deb" "$new"; done
        rm -rf "$new/debs"
        apptainer_relocate "$new" "$root"
        rm -rf "$root"
        mv "$new" "$root"
    fi
    # A folder with nothing else in it, to be put on PATH.
    mkdir -p "$CLUSTER_CACHE/bin"
    ln -sfn ../apptainer/usr/bin/apptainer "$CLUSTER_CACHE/bin/apptainer"
    timeout 60 "$CLUSTER_CACHE/bin/apptainer" --version > /dev/null || die "Apptainer in $root does not run; remove that folder and try again"
    fuse_allow
}

# apptainer_download FOLDER: the package and the libraries that it names. In a shell of its own, for apt may be told to see sid alone.
apptainer_download() (
    local log=$CLUSTER_CACHE/apptainer.log packages
    if version_suffices "$(apt-cache policy apptainer 2> /dev/null | awk '$1 == "Candidate:" {print $2}')"; then
        say 'downloading Apptainer of this release'
    else
        say "downloading Apptainer from Debian's sid: this release has none of $APPTAINER_MINIMUM or newer"
        apt_of sid
    fi
    mapfile -t packages < <(apt-cache depends apptainer | awk '$1 ~ /Depends:$/ && $2 ~ /^lib/ {print $2}')
    local fetch=(timeout --foreground 900 apt-get -q download apptainer "${packages[@]}")
    if ! ( cd "$1" && { "${fetch[@]}" || { sleep 5; "${fetch[@]}"; }; } ) \
            > "$log" 2>&1; then
        log_tail "$log"
        die 'could not download Apptainer'
    fi
)

version_suffices() { [[ $1 =~ ^[0-9] ]] && dpkg --compare-versions "$1" ge "$APPTAINER_MINIMUM"; }

# apptainer_relocate UNPACKED FINAL: makes the programs run from FINAL with the C library that lies beside them.
apptainer_relocate() {
    local new=$1 final=$2 program
    for program in "$new"/usr/bin/apptainer "$new"/usr/lib*/*/apptainer/bin/* "$new"/usr/libexec/apptainer/bin/*; do
        elf_relocate "$new" "$final" "$program"
    done
    # Moved from /usr, the command looks for these in usr, its starter in usr/lib.
    mkdir -p "$new/usr/var/lib/apptainer/mnt/session"
    mv "$new/etc" "$new/usr/etc"
    ln -s ../etc "$new/usr/lib/etc"
    ln -s ../var "$new/usr/lib/var"
    # "full" makes root fail where even root lacks a capability, as on many CI machines.
    sed -i 's/^root default capabilities = .*/root default capabilities = no/' "$new/$APPTAINER_CONF"
}

# Without root, images are mounted by FUSE. udev opens its device to everyone; a machine without udev may not have done so.
fuse_allow() {
    if [ -c /dev/fuse ] && [ "$(stat -c %a /dev/fuse)" = 600 ] && chmod 666 /dev/fuse 2> /dev/null; then
        say 'opened /dev/fuse to everyone, as udev does'
    fi
}

# fuse_avoid: where FUSE does not work at all, hides its helpers from Apptainer, which then unpacks an image for each command.
fuse_avoid() {
    local helpers=$CLUSTER_CACHE/apptainer/helpers command
    mkdir -p "$helpers"
    for command in true cp rm dd mkfs.ext3 mount mknod debootstrap uname curl ldconfig mksquashfs unsquashfs newuidmap newgidmap fakeroot; do
        if command -v "$command" > /dev/null; then ln -sfn "$(type -P "$command")" "$helpers/$command"; fi
    done
    printf 'binary path = %s\n' "$helpers" >> "$CLUSTER_CACHE/apptainer/$APPTAINER_CONF"
}

# Takes that back: the machine may be another one now, or have got /dev/fuse.
fuse_use() {
    if grep -q '^binary path' "$CLUSTER_CACHE/apptainer/$APPTAINER_CONF"; then
        sed -i '/^binary path/d' "$CLUSTER_CACHE/apptainer/$APPTAINER_CONF"
    fi
}

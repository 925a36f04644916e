# Small file systems for tests of what happens when one is full, when a quota is used up, and where copies can share their blocks. Where
# they cannot be mounted, MOUNTS_DIR/NAME.why says why, and the tests that need them are left out.
# shellcheck shell=bash

mounts_there() { [ -e "$MOUNTS_DIR/made" ]; }

mounts_make() {
    mounts_remove
    mkdir -p "$MOUNTS_DIR"/{full,btrfs,xfs}
    mount_try full tmpfs -o size=16m,mode=755
    mount_image btrfs mkfs.btrfs -q
    mount_image xfs mkfs.xfs -q -m reflink=1
    mount_quota
    : > "$MOUNTS_DIR/made"
}

# A group of Btrfs with a limit is a quota that every kernel with Btrfs has; those of ext4 and XFS are often left out.
mount_quota() {
    local quota=$MOUNTS_DIR/btrfs/quota
    if mountpoint -q "$MOUNTS_DIR/btrfs" && {
            timeout 30 btrfs quota enable "$MOUNTS_DIR/btrfs" && timeout 30 btrfs subvolume create "$quota" &&
                timeout 30 btrfs qgroup limit 16M "$quota"
        } > "$MOUNTS_DIR/quota.why" 2>&1; then
        rm "$MOUNTS_DIR/quota.why"
        chown "$CLUSTER_USER": "$quota"
    elif [ ! -s "$MOUNTS_DIR/quota.why" ]; then
        cp "$MOUNTS_DIR/btrfs.why" "$MOUNTS_DIR/quota.why"
    fi
}

# mount_image NAME MKFS…: on a sparse file. 400 MB are more than the least of both.
mount_image() {
    local name=$1 image=$MOUNTS_DIR/$1.img
    shift
    truncate -s 400M "$image"
    if timeout 60 "$@" "$image" > "$MOUNTS_DIR/$name.why" 2>&1; then mount_try "$name" "$image" -o loop; fi
}

# mount_try NAME SOURCE OPTION…: a tmpfs where that is the source.
mount_try() {
    local name=$1 source=$2 type=()
    shift 2
    [ "$source" != tmpfs ] || type=(-t tmpfs)
    if timeout 60 mount "${type[@]}" "$@" "$source" "$MOUNTS_DIR/$name" > "$MOUNTS_DIR/$name.why" 2>&1 9>&-; then
        rm "$MOUNTS_DIR/$name.why"
        chown "$CLUSTER_USER": "$MOUNTS_DIR/$name"
    fi
}

mounts_remove() {
    local name
    for name in full btrfs xfs; do
        if mountpoint -q "$MOUNTS_DIR/$name"; then umount -l "$MOUNTS_DIR/$name" || say "cannot unmount $MOUNTS_DIR/$name"; fi
    done
    ! mountpoint -q "$MOUNTS_DIR/full" || return 0
    rm -rf "$MOUNTS_DIR"
}

# Sample images: each definition file in images/ becomes a .sif of the same name.
# shellcheck shell=bash

# zstd packs much faster than gzip. Of an image's files, a user who builds another image from it can unpack only those of root.
squashfs_options='-comp zstd -Xcompression-level 3 -all-root'

# An image in the cache is named by what it was made from: a changed definition is built anew.
image_cached() {
    printf '%s/images/%s-%.16s.sif\n' "$CLUSTER_CACHE" "$(basename "$1" .def)" "$({ cat "$1"; echo "$squashfs_options"; } | sha256sum)"
}
image_shared() { printf '%s/compute/%s.sif\n' "$IMAGES_DIR" "$(basename "$1" .def)"; }

images_build() {
    local definition image mirror log=$CLUSTER_CACHE/image.log
    for definition in "$here"/images/*.def; do
        image=$(image_cached "$definition")
        if [ -e "$image" ]; then continue; fi
        say "building $(basename "$definition" .def)"
        mirror=$(debian_mirror)
        mkdir -p "$CLUSTER_CACHE/images"
        if ! timeout --foreground --kill-after=30 1800 "$CLUSTER_CACHE/bin/apptainer" build --force --build-arg "MIRROR=$mirror" \
                --mksquashfs-args "$squashfs_options" "$image.new" "$definition" > "$log" 2>&1 < /dev/null 9>&-; then
            rm -f "$image.new"
            log_tail "$log"
            die "could not build $definition"
        fi
        chmod 644 "$image.new"
        mv "$image.new" "$image"
    done
}

images_shared() {
    local definition
    for definition in "$here"/images/*.def; do
        cmp -s "$(image_cached "$definition")" "$(image_shared "$definition")" || return 1
    done
}

# A copy, not a link: what a job or a test does to it must not reach the cache.
images_share() {
    local definition image
    for definition in "$here"/images/*.def; do
        image=$(image_shared "$definition")
        if cmp -s "$(image_cached "$definition")" "$image"; then continue; fi
        cp --reflink=auto "$(image_cached "$definition")" "$image.new"
        mv "$image.new" "$image"
    done
    fuse_use
    image_try "$image" && return
    say 'FUSE does not work here: Apptainer will unpack the image for each command, which takes a second or two'
    fuse_avoid
    image_try "$image" || die "Apptainer can't run $image as $CLUSTER_USER; see $CLUSTER_DIR/log/apptainer.log"
}

# In the form in which jobs use it.
image_try() {
    local command=()
    ( PATH=$CLUSTER_CACHE/bin:$PATH
      user_command timeout 120 apptainer exec --cleanenv --no-eval --no-home --bind "$SHARED_DIR:$SHARED_DIR" --cwd "$SHARED_DIR" "$1" /bin/sh -c true
      cd / && exec "${command[@]}" > "$CLUSTER_DIR/log/apptainer.log" 2>&1 < /dev/null 9>&- )
}

package io.jenkins.plugins.slurmapptainer.image;

import java.io.Serializable;
import java.util.ArrayList;

/**
 * What a head node is to find out about an image before it is used.
 *
 * @param path absolute
 * @param roots directories below one of which the file must really lie, wherever links lead; none means anywhere
 * @param digest whether the SHA-256 digest is wanted
 * @param signingKey fingerprint of the key that must have signed the image, empty for none
 * @param apptainer name or path of the container program
 * @param known what an earlier check has found, or {@code null}; the content is not read again while the file is the same
 */
public record CheckRequest(
        String path, ArrayList<String> roots, boolean digest, String signingKey, String apptainer, CheckedFile known)
        implements Serializable {}

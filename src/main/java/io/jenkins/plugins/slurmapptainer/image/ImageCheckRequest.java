package io.jenkins.plugins.slurmapptainer.image;

import java.io.Serializable;
import java.util.ArrayList;

/**
 * What a head node is to find out about an image before it is used.
 *
 * @param path absolute
 * @param roots directories below one of which the file must really lie, wherever links lead; none means anywhere
 * @param others absolute paths of other images; whether the file is one of theirs, under another name, is to be found out
 * @param digest whether the SHA-256 digest is wanted
 * @param signingKey fingerprint of the key that must have signed the image, empty for none
 * @param apptainer name or path of the container program
 * @param known what an earlier check has found, or {@code null}; the content is not read again while the file is the same
 */
public record ImageCheckRequest(
        String path,
        ArrayList<String> roots,
        ArrayList<String> others,
        boolean digest,
        String signingKey,
        String apptainer,
        CheckedFile known)
        implements Serializable {
    /** The same, with what an earlier check has found. */
    public ImageCheckRequest with(CheckedFile found) {
        return new ImageCheckRequest(path, roots, others, digest, signingKey, apptainer, found);
    }
}

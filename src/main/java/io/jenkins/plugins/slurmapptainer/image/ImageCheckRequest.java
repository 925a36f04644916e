package io.jenkins.plugins.slurmapptainer.image;

import java.io.Serializable;
import java.util.ArrayList;

/**
 * What a head node must find out about an image before it is used.
 *
 * @param path absolute
 * @param roots directories below one of which the file must be after following all links; empty for anywhere
 * @param others absolute paths of other images; the answer says whether one of them is the same file
 * @param digest whether the SHA-256 is requested
 * @param signingKey fingerprint of the key that must have signed the image, empty for none
 * @param apptainer name or path of the container program
 * @param known result of an earlier check, or {@code null}; the content is read again only if the file has changed
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
    /** The same, with the result of an earlier check. */
    public ImageCheckRequest with(CheckedFile found) {
        return new ImageCheckRequest(path, roots, others, digest, signingKey, apptainer, found);
    }
}

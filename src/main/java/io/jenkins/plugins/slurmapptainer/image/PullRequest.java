package io.jenkins.plugins.slurmapptainer.image;

import java.io.Serializable;

/**
 * What a head node is to have pulled.
 *
 * @param reference as {@code apptainer pull} takes it
 * @param directory absolute path of the directory for pulled images, on the shared file system
 * @param file name of the file in it
 * @param login for the registry
 * @param plainHttp whether the registry is asked without TLS
 * @param apptainer name or path of the container program
 * @param ticket of the pull that an earlier answer told of, empty for none
 */
public record PullRequest(
        String reference,
        String directory,
        String file,
        RegistryLogin login,
        boolean plainHttp,
        String apptainer,
        String ticket)
        implements Serializable {
    /** Absolute path of the file that will be there. */
    public String path() {
        return directory + "/" + file;
    }
}

package io.jenkins.plugins.slurmapptainer.image;

import java.io.Serializable;

/**
 * An image that a head node must pull.
 *
 * @param reference in the notation of {@code apptainer pull}
 * @param directory absolute path of the directory for pulled images, on the shared file system
 * @param file name of the file in that directory
 * @param login login for the registry
 * @param plainHttp whether the connection to the registry is made without TLS
 * @param apptainer name or path of the container program
 * @param ticket ticket of the last answer, empty for the first request
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
    /** Absolute path of the file that the pull makes. */
    public String path() {
        return directory + "/" + file;
    }
}

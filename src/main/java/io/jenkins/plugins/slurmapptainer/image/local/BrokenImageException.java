package io.jenkins.plugins.slurmapptainer.image.local;

/** The file cannot be an image. The message completes the sentence "The file …". */
final class BrokenImageException extends Exception {
    private static final long serialVersionUID = 1L;

    BrokenImageException(String message) {
        super(message);
    }
}

package io.jenkins.plugins.slurmapptainer.image.local;

/** A file cannot be an image; the message completes the sentence "The file …". */
final class BrokenImageException extends Exception {
    private static final long serialVersionUID = 1L;

    BrokenImageException(String message) {
        super(message);
    }
}

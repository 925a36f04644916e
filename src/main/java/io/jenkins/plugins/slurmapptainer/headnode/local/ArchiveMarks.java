package io.jenkins.plugins.slurmapptainer.headnode.local;

/** What writer and reader of an archive of files have agreed on. */
final class ArchiveMarks {
    /** Encoding of the names. */
    static final String NAMES = "UTF-8";
    /** The file before it is not what it was when it began. */
    static final String NOT_WHOLE = "not-whole/";
    /** There is nothing more to come. */
    static final String END = "end/";

    private ArchiveMarks() {}
}

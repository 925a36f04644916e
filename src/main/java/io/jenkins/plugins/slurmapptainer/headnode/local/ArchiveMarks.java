package io.jenkins.plugins.slurmapptainer.headnode.local;

/** The marks that writer and reader of an archive have agreed on. */
final class ArchiveMarks {
    /** Encoding of the names. */
    static final String NAMES = "UTF-8";
    /** The file before this mark changed while it was sent. */
    static final String NOT_WHOLE = "not-whole/";
    /** Nothing more follows. */
    static final String END = "end/";

    private ArchiveMarks() {}
}

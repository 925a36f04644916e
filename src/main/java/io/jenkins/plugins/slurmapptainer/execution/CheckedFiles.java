package io.jenkins.plugins.slurmapptainer.execution;

import io.jenkins.plugins.slurmapptainer.image.CheckedFile;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What checks have found out about files, for the time of this controller's run. A file that several builds want at once is
 * checked once; the others wait.
 */
final class CheckedFiles {
    private static final CheckedFiles INSTANCE = new CheckedFiles();
    private static final int REMEMBERED = 10_000;

    private final Map<Key, Remembered> files = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, Remembered> eldest) {
            return size() > REMEMBERED;
        }
    };

    private record Key(String cluster, String path) {}

    private static final class Remembered {
        private CheckedFile file;
    }

    /** The one of this controller. */
    static CheckedFiles get() {
        return INSTANCE;
    }

    /** One check of a file. */
    interface Check {
        /** @param known what the last check has found out, or {@code null} */
        CheckedFile of(CheckedFile known) throws IOException, InterruptedException;
    }

    CheckedFile once(String cluster, String path, Check check) throws IOException, InterruptedException {
        Remembered remembered;
        synchronized (files) {
            remembered = files.computeIfAbsent(new Key(cluster, path), key -> new Remembered());
        }
        synchronized (remembered) {
            remembered.file = check.of(remembered.file);
            return remembered.file;
        }
    }
}

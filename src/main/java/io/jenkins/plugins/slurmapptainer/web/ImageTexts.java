package io.jenkins.plugins.slurmapptainer.web;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.slurmapptainer.image.ImageScripts;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Longer texts of images, which a process on a head node reads from the file. They are remembered for a minute. Only a
 * few images of a cluster are read at a time, even if pages are opened often. Safe for several threads.
 */
final class ImageTexts {
    private static final ImageTexts INSTANCE = new ImageTexts(System::nanoTime);
    private static final long FRESH_NANOS = TimeUnit.MINUTES.toNanos(1);
    private static final long TROUBLE_NANOS = TimeUnit.SECONDS.toNanos(10);
    private static final int REMEMBERED = 50;
    private static final int AT_ONCE = 2;

    private final LongSupplier clock;
    private final Map<String, Semaphore> questions = new ConcurrentHashMap<>();
    private final Map<Key, Known> known = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, Known> eldest) {
            return size() > REMEMBERED;
        }
    };

    private record Key(String cluster, String path) {}

    private record Known(ImageScripts texts, long since) {
        /**
         * For how long an answer counts. An error counts for a shorter time, because a head node that was away may be
         * back soon.
         */
        long fresh() {
            return texts.problem().isEmpty() ? FRESH_NANOS : TROUBLE_NANOS;
        }
    }

    /** One question to a head node. Its answer also reports errors. */
    interface Question {
        ImageScripts ask() throws InterruptedException;
    }

    /** @param clock gives nanoseconds and never goes back */
    ImageTexts(LongSupplier clock) {
        this.clock = clock;
    }

    static ImageTexts get() {
        return INSTANCE;
    }

    ImageScripts of(String cluster, String path, Question question) throws InterruptedException {
        Key key = new Key(cluster, path);
        Known before = fresh(key);
        if (before != null) {
            return before.texts;
        }
        Semaphore ofCluster = questions.computeIfAbsent(cluster, any -> new Semaphore(AT_ONCE));
        if (!ofCluster.tryAcquire()) {
            return ImageScripts.problem("cannot be inspected now: other images are; look again in a moment");
        }
        try {
            // Another thread may have asked meanwhile.
            before = fresh(key);
            ImageScripts texts = before != null ? before.texts : question.ask();
            if (before == null) {
                keep(key, texts);
            }
            return texts;
        } finally {
            ofCluster.release();
        }
    }

    @CheckForNull
    private synchronized Known fresh(Key key) {
        Known found = known.get(key);
        return found != null && clock.getAsLong() - found.since < found.fresh() ? found : null;
    }

    private synchronized void keep(Key key, ImageScripts texts) {
        known.remove(key);
        known.put(key, new Known(texts, clock.getAsLong()));
    }
}

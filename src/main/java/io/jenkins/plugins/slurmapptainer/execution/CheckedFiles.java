package io.jenkins.plugins.slurmapptainer.execution;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.slurmapptainer.image.CheckedFile;
import io.jenkins.plugins.slurmapptainer.image.ImageCheckAnswer;
import io.jenkins.plugins.slurmapptainer.image.ImageCheckRequest;
import java.io.IOException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/**
 * Checks of files, and what they have found out, for the time of this controller's run. One and the same check is made once at a
 * time. Whoever asks meanwhile gets the answer of the next one, so that none is about an earlier time; that one is short while the
 * file stays what it was. Nobody's thread waits for an answer.
 */
final class CheckedFiles {
    private static final CheckedFiles INSTANCE = new CheckedFiles();
    private static final int REMEMBERED = 10_000;

    private final Map<File, CheckedFile> known = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<File, CheckedFile> eldest) {
            return size() > REMEMBERED;
        }
    };

    private final Map<Question, Asked> asked = new HashMap<>();

    private record File(String cluster, String path) {}

    /**
     * What is to be found out.
     *
     * @param request without what is known
     */
    record Question(String cluster, ImageCheckRequest request) {}

    /**
     * What a check has found out.
     *
     * @param known before, {@code null} for nothing
     */
    record Found(ImageCheckAnswer answer, @CheckForNull CheckedFile known) {}

    /** One check of a file. */
    interface Check {
        ImageCheckAnswer of(ImageCheckRequest request) throws IOException, InterruptedException;
    }

    private static final class Asked {
        private final CompletableFuture<Found> running = new CompletableFuture<>();

        @CheckForNull
        private Next next;
    }

    private record Next(Asked asked, Check check, Executor threads) {}

    /** The one of this controller. */
    static CheckedFiles get() {
        return INSTANCE;
    }

    /**
     * Has a file checked, now or once the check that goes on is over.
     *
     * @param check makes it, if nobody else does
     * @param threads run it
     * @return completed with what was found, or as the check failed
     */
    CompletableFuture<Found> ask(Question question, Check check, Executor threads) {
        Asked begun;
        synchronized (this) {
            Asked running = asked.get(question);
            if (running != null) {
                if (running.next == null) {
                    running.next = new Next(new Asked(), check, threads);
                }
                return running.next.asked().running;
            }
            begun = new Asked();
            asked.put(question, begun);
        }
        threads.execute(() -> make(question, begun, check));
        return begun.running;
    }

    private void make(Question question, Asked now, Check check) {
        ImageCheckRequest request = question.request();
        File file = new File(question.cluster(), request.path());
        CheckedFile before;
        synchronized (this) {
            before = known.get(file);
        }
        Found found = null;
        Throwable trouble = null;
        try {
            found = new Found(check.of(request.with(before)), before);
        } catch (IOException | InterruptedException | RuntimeException | Error e) {
            trouble = e;
        }
        Next next;
        synchronized (this) {
            if (found != null && found.answer().file() != null) {
                known.put(file, found.answer().file());
            }
            next = now.next;
            if (next == null) {
                asked.remove(question);
            } else {
                asked.put(question, next.asked());
            }
        }
        if (next != null) {
            next.threads().execute(() -> make(question, next.asked(), next.check()));
        }
        if (found != null) {
            now.running.complete(found);
        } else {
            now.running.completeExceptionally(trouble);
        }
    }
}

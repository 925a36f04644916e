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
 * Checks of files and their results, kept until this controller stops. The same check never runs twice at once.
 * Everybody who asks while it runs shares the next one, because an answer must not describe a time before the question.
 * The next one is short if the file has not changed. Safe for several threads; no thread waits for an answer.
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
     * What a check is to find out.
     *
     * @param request without what is already known about the file
     */
    record Question(String cluster, ImageCheckRequest request) {}

    /**
     * What a check has found out.
     *
     * @param known what was known before the check, {@code null} for nothing
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
     * Requests a check. It runs at once, or after the same check that is running now.
     *
     * @param check makes the check if it is not already requested
     * @param threads run the check
     * @return completed with the result, or with the failure of the check
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

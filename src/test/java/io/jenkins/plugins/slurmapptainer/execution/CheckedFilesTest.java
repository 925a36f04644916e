package io.jenkins.plugins.slurmapptainer.execution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.jenkins.plugins.slurmapptainer.image.CheckedFile;
import io.jenkins.plugins.slurmapptainer.image.FileStamp;
import io.jenkins.plugins.slurmapptainer.image.ImageCheckAnswer;
import io.jenkins.plugins.slurmapptainer.image.ImageCheckRequest;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;

class CheckedFilesTest {
    private static final CheckedFile FILE = new CheckedFile(new FileStamp(5, 6), 7, "ab", "");

    private final CheckedFiles files = new CheckedFiles();
    private final Deque<Runnable> tasks = new ArrayDeque<>();
    private final List<ImageCheckRequest> made = new ArrayList<>();

    private static CheckedFiles.Question question(String path) {
        return new CheckedFiles.Question(
                "main", new ImageCheckRequest(path, new ArrayList<>(), new ArrayList<>(), true, "", "apptainer", null));
    }

    private CompletableFuture<CheckedFiles.Found> ask(String path) {
        return files.ask(
                question(path),
                request -> {
                    made.add(request);
                    return ImageCheckAnswer.of(FILE, path, "");
                },
                tasks::add);
    }

    @Test
    void manyQuestionsAboutOneFileNeedTwoChecksAndNoThread() {
        List<CompletableFuture<CheckedFiles.Found>> asked = new ArrayList<>();
        for (int i = 0; i < 25; i++) {
            asked.add(ask("/i/a.sif"));
        }
        assertEquals(1, tasks.size());
        tasks.remove().run();
        assertEquals(1, asked.stream().filter(CompletableFuture::isDone).count());
        assertEquals(1, tasks.size(), "those who asked while the first went on share one more");
        tasks.remove().run();
        assertEquals(25, asked.stream().filter(CompletableFuture::isDone).count());
        assertNull(asked.get(0).join().known());
        assertEquals(FILE, asked.get(24).join().known());
        assertEquals(FILE, made.get(1).known(), "the file need not be read again while it is the same");
        assertEquals(0, tasks.size());
    }

    @Test
    void checksOfDifferentFilesDoNotWaitForEachOther() {
        ask("/i/a.sif");
        CompletableFuture<CheckedFiles.Found> other = ask("/i/b.sif");
        tasks.removeLast().run();
        assertEquals(FILE, other.join().answer().file());
    }

    @Test
    void afterAFailedCheckTheNextOneIsStillMade() {
        CompletableFuture<CheckedFiles.Found> first = files.ask(
                question("/i/a.sif"),
                request -> {
                    throw new IOException("the agent went away");
                },
                tasks::add);
        CompletableFuture<CheckedFiles.Found> second = ask("/i/a.sif");
        tasks.remove().run();
        assertEquals(
                "the agent went away",
                assertThrows(CompletionException.class, first::join).getCause().getMessage());
        assertFalse(second.isDone());
        tasks.remove().run();
        assertEquals(FILE, second.join().answer().file());
    }

    @Test
    void aProblemIsNotRememberedAsAFile() {
        files.ask(question("/i/a.sif"), request -> ImageCheckAnswer.problem("is not there"), tasks::add);
        tasks.remove().run();
        CompletableFuture<CheckedFiles.Found> later = ask("/i/a.sif");
        tasks.remove().run();
        assertNull(later.join().known());
    }
}

package io.jenkins.plugins.slurmapptainer.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.slurmapptainer.image.ImageScripts;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ImageTextsTest {
    private static final ImageScripts TEXTS = new ImageScripts("run", "def", "help", "");

    private final AtomicLong now = new AtomicLong();
    private final AtomicInteger asked = new AtomicInteger();
    private final ImageTexts texts = new ImageTexts(now::get);

    private ImageScripts look(String path) throws InterruptedException {
        return texts.of("main", path, () -> {
            asked.incrementAndGet();
            return TEXTS;
        });
    }

    @Test
    void repeatedViewsStartOnlyOneProcess() throws Exception {
        for (int i = 0; i < 100; i++) {
            assertEquals(TEXTS, look("/i/a.sif"));
        }
        assertEquals(1, asked.get());
        look("/i/b.sif");
        assertEquals(2, asked.get());
        now.addAndGet(TimeUnit.MINUTES.toNanos(1));
        look("/i/a.sif");
        assertEquals(3, asked.get());
    }

    @Test
    void onlyAFewAreReadAtATime() throws Exception {
        CountDownLatch begun = new CountDownLatch(2);
        CountDownLatch end = new CountDownLatch(1);
        for (String path : new String[] {"/i/a.sif", "/i/b.sif"}) {
            new Thread(() -> {
                        try {
                            texts.of("main", path, () -> {
                                begun.countDown();
                                end.await();
                                return TEXTS;
                            });
                        } catch (InterruptedException e) {
                            Thread.currentThread().interrupt();
                        }
                    })
                    .start();
        }
        begun.await();
        assertTrue(look("/i/c.sif").problem().startsWith("cannot be inspected now"));
        end.countDown();
        assertEquals(0, asked.get());
    }
}

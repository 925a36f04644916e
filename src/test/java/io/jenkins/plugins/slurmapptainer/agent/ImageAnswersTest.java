package io.jenkins.plugins.slurmapptainer.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.jenkins.plugins.slurmapptainer.image.CheckedFile;
import io.jenkins.plugins.slurmapptainer.image.FileLayouts;
import io.jenkins.plugins.slurmapptainer.image.FileStamp;
import io.jenkins.plugins.slurmapptainer.image.FoundImage;
import io.jenkins.plugins.slurmapptainer.image.ImageScripts;
import io.jenkins.plugins.slurmapptainer.image.PullAnswer;
import io.jenkins.plugins.slurmapptainer.image.ScanAnswer;
import io.jenkins.plugins.slurmapptainer.image.ScanLimits;
import io.jenkins.plugins.slurmapptainer.image.ScanRequest;
import io.jenkins.plugins.slurmapptainer.image.ScanRoot;
import io.jenkins.plugins.slurmapptainer.image.SkippedFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ImageAnswersTest {
    private static final ScanRequest REQUEST = new ScanRequest(
            new ArrayList<>(List.of(new ScanRoot("/i", FileLayouts.USUAL))),
            "apptainer",
            new HashMap<>(),
            new ScanLimits(3, 2, 1, 1));

    private static FoundImage image(String path, String type, Map<String, String> labels) {
        return new FoundImage(
                path, type, "x", "1", new FileStamp(1, 1), new FoundImage.Inspection(0, new TreeMap<>(labels)));
    }

    private static ScanAnswer answer(FoundImage... images) {
        return new ScanAnswer(new ArrayList<>(Arrays.asList(images)), new ArrayList<>(), 0, new ArrayList<>());
    }

    private static void refused(ScanAnswer answer) {
        assertThrows(IOException.class, () -> ImageAnswers.checked(REQUEST, answer));
    }

    @Test
    void fittingAnswersAreAccepted() throws IOException {
        ScanAnswer answer = answer(image("/i/c/a 'b'<c>..x_1.sif", "<b>", Map.of("a", "<script>")));
        assertSame(answer, ImageAnswers.checked(REQUEST, answer));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/etc/passwd",
                "/i",
                "/ii/x.sif",
                "/i/../etc/x.sif",
                "/i/c/..",
                "/i/./x.sif",
                "/i//x.sif",
                "i/x.sif",
                "/i/a\nb",
                "/i/a\0b",
                "/i/\u202Ex",
                "/i/\u2028x",
                "/i/\u0085",
                "",
                "/i/x/"
            })
    void anAnswerWithAForeignOrOddPathIsRefused(String path) {
        refused(answer(image("/i/c/a_1.sif", "c", Map.of()), image(path, "c", Map.of())));
    }

    @Test
    void anAnswerThatIsTooLongIsRefused() {
        refused(answer(image("/i/" + "x".repeat(1100), "c", Map.of())));
        refused(answer(image("/i/x", "c".repeat(400), Map.of())));
        refused(answer(image("/i/x", "c\nd", Map.of())));
        refused(answer(image("/i/x", "c", Map.of("a", "b\u001b[2J"))));
        refused(answer(image("/i/x", "c", Map.of("a", "b".repeat(1001)))));
        refused(answer(image(
                "/i/x", "c", IntStream.range(0, 101).boxed().collect(Collectors.toMap(i -> "l" + i, i -> "x")))));
        refused(answer(image("/i/x", "c", Map.of()), image("/i/x", "c", Map.of())));
        refused(answer(
                image("/i/1", "", Map.of()),
                image("/i/2", "", Map.of()),
                image("/i/3", "", Map.of()),
                image("/i/4", "", Map.of())));
        refused(answer(new FoundImage("/i/x", "", "x", "", new FileStamp(-1, 0), null)));
        ArrayList<SkippedFile> three = new ArrayList<>(
                List.of(new SkippedFile("/a", "b"), new SkippedFile("/a", "b"), new SkippedFile("/a", "b")));
        refused(new ScanAnswer(new ArrayList<>(), three, 3, new ArrayList<>()));
        refused(new ScanAnswer(
                new ArrayList<>(), new ArrayList<>(List.of(new SkippedFile("/a", "b\nc"))), 1, new ArrayList<>()));
    }

    @Test
    void progressComesInShortLines() throws IOException {
        List<String> lines = new ArrayList<>();
        try (ProgressLines progress = new ProgressLines(lines::add)) {
            progress.write("one\ntwo\u001b[2J\n".getBytes(StandardCharsets.UTF_8));
            progress.write("x".repeat(1_000_000).getBytes(StandardCharsets.UTF_8));
            progress.write('\n');
        }
        assertEquals(List.of("one", "two [2J"), lines.subList(0, 2));
        assertEquals(301, lines.get(2).length());
    }

    @Test
    void theStateOfAPullIsOneOfThree() throws IOException {
        CheckedFile file = new CheckedFile(new FileStamp(1, 1), 1, "ab".repeat(32), "");
        for (PullAnswer good : List.of(
                PullAnswer.there(file),
                PullAnswer.failed("could not be pulled"),
                PullAnswer.pulling("0f-1", "Fetching", 7),
                PullAnswer.pulling("", "another head node does it", 0))) {
            assertSame(good, ImageAnswers.checked(good));
        }
        for (PullAnswer bad : List.of(
                new PullAnswer(null, "", "", 0, null),
                new PullAnswer(PullAnswer.State.THERE, "", "", 0, null),
                new PullAnswer(PullAnswer.State.PULLING, "", "", 0, file),
                PullAnswer.there(new CheckedFile(new FileStamp(0, -1), 1, "", "")),
                PullAnswer.there(new CheckedFile(new FileStamp(0, 1), -1, "", "")),
                PullAnswer.there(new CheckedFile(new FileStamp(0, 1), 1, "ab", "")),
                PullAnswer.there(new CheckedFile(new FileStamp(0, 1), 1, "", "ab")),
                PullAnswer.pulling("", "", -1),
                PullAnswer.pulling("../../x", "", 0),
                PullAnswer.failed("two\nlines"),
                PullAnswer.failed("x".repeat(2000)))) {
            assertThrows(IOException.class, () -> ImageAnswers.checked(bad), bad::toString);
        }
    }

    @Test
    void theTextsOfAnImageArePlainAndBounded() throws IOException {
        ImageScripts good = new ImageScripts("#!/bin/sh\n\texec x", "<script>", "", "");
        assertSame(good, ImageAnswers.checked(good));
        for (ImageScripts bad : List.of(
                new ImageScripts("a\u001b[31m", "", "", ""),
                new ImageScripts("", "x".repeat(ImageScripts.MAX_TEXT + 1), "", ""),
                ImageScripts.problem("two\nlines"))) {
            assertThrows(IOException.class, () -> ImageAnswers.checked(bad));
        }
    }
}

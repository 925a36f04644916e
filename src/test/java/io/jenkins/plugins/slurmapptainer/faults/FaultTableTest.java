package io.jenkins.plugins.slurmapptainer.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The table of faults in {@code docs/verification.md} names tests that exist, at least one for each fault. */
class FaultTableTest {
    private static final Pattern ROW = Pattern.compile("\\| ([0-9]+) \\|.*\\|([^|]*)\\|");
    private static final Pattern TEST = Pattern.compile("`([A-Za-z]+Test)(?:#([A-Za-z0-9]+)`|` \\(all\\))");

    private static List<Matcher> rows() throws IOException {
        return Files.readAllLines(Path.of("docs/verification.md")).stream()
                .map(ROW::matcher)
                .filter(Matcher::matches)
                .toList();
    }

    private static Map<String, String> sources() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("src/test/java"))) {
            return files.filter(file -> file.toString().endsWith("Test.java"))
                    .collect(Collectors.toMap(
                            file -> file.getFileName().toString().replace(".java", ""),
                            FaultTableTest::text,
                            // Two packages may have a class of one name.
                            String::concat));
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Stream<String> heldBy() throws IOException {
        return rows().stream().map(row -> row.group(2));
    }

    @Test
    void theTableHasThirtyFiveFaults() throws IOException {
        assertEquals(
                IntStream.rangeClosed(1, 35).boxed().toList(),
                rows().stream().map(row -> Integer.valueOf(row.group(1))).toList());
    }

    @ParameterizedTest
    @MethodSource("heldBy")
    void theNamedTestsExist(String cell) throws IOException {
        Map<String, String> sources = sources();
        Matcher test = TEST.matcher(cell);
        int found = 0;
        for (; test.find(); found++) {
            String source = sources.get(test.group(1));
            assertTrue(source != null, test.group());
            assertTrue(test.group(2) == null || source.contains("void " + test.group(2) + "("), test.group());
        }
        assertTrue(found > 0, cell);
    }
}

package io.jenkins.plugins.slurmapptainer.build;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The texts of forms and pages. */
class FormTextsTest {
    private static final Path RESOURCES = Path.of("src/main/resources");
    /** Beside other text, Jelly takes an apostrophe for the beginning of a string, and shows nothing at all. */
    private static final Pattern LOST = Pattern.compile("\\$\\{%[^}']*'[^}]*}");

    @Test
    void noTextOfAFormIsCutByAnApostrophe() throws IOException {
        List<Path> views;
        try (Stream<Path> all = Files.walk(RESOURCES)) {
            views = all.filter(file -> file.toString().endsWith(".jelly")).toList();
        }
        assertTrue(views.size() > 20, views::toString);
        for (Path view : views) {
            assertEquals(
                    List.of(),
                    LOST.matcher(Files.readString(view))
                            .results()
                            .map(found -> found.group())
                            .toList(),
                    view::toString);
        }
    }
}

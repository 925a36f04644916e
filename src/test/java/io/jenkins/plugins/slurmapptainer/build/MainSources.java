package io.jenkins.plugins.slurmapptainer.build;

import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The Java files of the plugin, for tests of what knows what. */
final class MainSources {
    /** The package that has all others. */
    static final String ROOT = "io.jenkins.plugins.slurmapptainer";

    private static final Path FOLDER = Path.of("src/main/java");

    /** Comments and literals, in which a name is no dependency. */
    private static final Pattern NO_CODE = Pattern.compile(
            "//[^\\n]*|/\\*.*?\\*/|\"\"\".*?\"\"\"|\"(?:\\\\.|[^\"\\\\])*\"|'(?:\\\\.|[^'\\\\])+'", Pattern.DOTALL);

    private MainSources() {}

    /** All files, in a fixed order. */
    static List<Path> files() throws IOException {
        try (Stream<Path> files = Files.walk(FOLDER)) {
            List<Path> sources = files.filter(file -> file.toString().endsWith(".java"))
                    .sorted()
                    .toList();
            assertFalse(sources.isEmpty());
            return sources;
        }
    }

    /** A file's package below {@link #ROOT}, such as {@code headnode.local}. */
    static String packageOf(Path file) {
        Path folder = FOLDER.resolve(ROOT.replace('.', '/')).relativize(file.getParent());
        return folder.toString().replace(file.getFileSystem().getSeparator(), ".");
    }

    /** A file's text without comments and literals. */
    static String code(Path file) throws IOException {
        return code(Files.readString(file));
    }

    /** A text without comments and literals. */
    static String code(String text) {
        return NO_CODE.matcher(text).replaceAll(" ");
    }
}

package io.jenkins.plugins.slurmapptainer.jenkinstest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A page of the documentation, and the examples in it. */
public final class DocPage {
    private static final Pattern BLOCK = Pattern.compile("(?ms)^```(\\w*)\\n(.*?)^```$");

    private final String text;

    /** @param name of the file in {@code docs}, without {@code .md} */
    public DocPage(String name) throws IOException {
        text = Files.readString(Path.of("docs", name + ".md"));
    }

    /**
     * Its blocks of code, in their order.
     *
     * @param language as it stands after the fence, empty for blocks without one
     */
    public List<String> blocks(String language) {
        List<String> blocks = new ArrayList<>();
        Matcher block = BLOCK.matcher(text);
        while (block.find()) {
            if (block.group(1).equals(language)) {
                blocks.add(block.group(2));
            }
        }
        return blocks;
    }
}

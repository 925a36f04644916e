package io.jenkins.plugins.slurmapptainer.script;

import java.util.Set;
import java.util.stream.Collectors;

/** A quoted here-document. Nothing in it is expanded, and no line of it equals its delimiter. */
final class HereDocument {
    private HereDocument() {}

    /** The name itself, or the name with the lowest number at which no line of the text equals it. */
    static String delimiter(String name, String text) {
        Set<String> lines = text.lines().filter(line -> line.startsWith(name)).collect(Collectors.toSet());
        String delimiter = name;
        for (int i = 2; lines.contains(delimiter); i++) {
            delimiter = name + "_" + i;
        }
        return delimiter;
    }
}

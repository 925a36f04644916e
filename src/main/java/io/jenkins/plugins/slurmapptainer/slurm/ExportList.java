package io.jenkins.plugins.slurmapptainer.slurm;

import java.util.ArrayList;
import java.util.List;

/** The value of {@code --export}: names and {@code NAME=value}, separated by commas outside of quotes. */
final class ExportList {
    private ExportList() {}

    /** The elements without quotes. */
    static List<String> elements(String text) {
        List<String> elements = new ArrayList<>();
        StringBuilder element = new StringBuilder();
        char quote = 0;
        for (char c : text.toCharArray()) {
            if (quote != 0 && c == quote) {
                quote = 0;
            } else if (quote == 0 && (c == '"' || c == '\'')) {
                quote = c;
            } else if (quote == 0 && c == ',') {
                elements.add(element.toString().strip());
                element.setLength(0);
            } else {
                element.append(c);
            }
        }
        elements.add(element.toString().strip());
        elements.removeIf(String::isEmpty);
        return elements;
    }
}

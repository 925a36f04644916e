package io.jenkins.plugins.slurmapptainer.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The figures of one run, printed as they come and written as a Markdown table at the end. */
final class Report {
    private record Row(String what, String measured, String budget) {}

    private final PrintStream console;
    private final List<String> notes = new ArrayList<>();
    private final List<Row> rows = new ArrayList<>();

    Report(PrintStream console) {
        this.console = console;
    }

    /** A figure of the plugin. */
    void row(String what, String measured, String budget) {
        rows.add(new Row(what, measured, budget));
        console.printf("%-62s %s%s%n", what, measured, budget.isEmpty() ? "" : "   [budget: " + budget + "]");
    }

    /** A figure to compare with. */
    void beside(String what, String measured) {
        row("– beside: " + what, measured, "");
    }

    /** A line above the table. */
    void note(String line) {
        notes.add(line);
        console.println(line);
    }

    /** What goes on now; not part of the result. */
    void progress(String line) {
        console.println("… " + line);
    }

    void write(Path file) throws IOException {
        StringBuilder text = new StringBuilder();
        notes.forEach(note -> text.append("* ").append(note).append('\n'));
        text.append("\n| measured | figure | budget |\n|---|---|---|\n");
        for (Row row : rows) {
            text.append("| ").append(row.what.replace("|", "\\|"));
            text.append(" | ")
                    .append(row.measured)
                    .append(" | ")
                    .append(row.budget)
                    .append(" |\n");
        }
        Files.writeString(file, text);
    }
}

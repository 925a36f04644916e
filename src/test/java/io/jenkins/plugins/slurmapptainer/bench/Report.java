package io.jenkins.plugins.slurmapptainer.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The figures of one run, printed as they come and written as a Markdown table at the end. */
final class Report {
    private static final Pattern VALUE = Pattern.compile("([0-9]+(?:\\.[0-9]+)?)(?: ([^ ,(]+))?.*");

    private record Row(String what, String measured, String budget) {}

    private final PrintStream console;
    private final List<String> notes = new ArrayList<>();
    private final List<Row> rows = new ArrayList<>();
    private final Picture picture = new Picture();

    Report(PrintStream console) {
        this.console = console;
    }

    /**
     * A figure of the plugin.
     *
     * @param measured begins with a number, behind which its unit may stand
     */
    void row(String what, String measured, String budget) {
        rows.add(new Row(what, measured, budget));
        console.printf("%-62s %s%s%n", what, measured, budget.isEmpty() ? "" : "   [budget: " + budget + "]");
    }

    /** A figure to compare with. */
    void beside(String what, String measured) {
        row("– beside: " + what, measured, "");
    }

    /** A point of the picture. */
    void point(String chart, String line, int builds, double value) {
        picture.point(chart, line, builds, value);
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

    /** Writes the table, and beside it the same as JSON and the picture, if there is something to be seen. */
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
        String stem = file.toString().replaceFirst("\\.md$", "");
        Files.writeString(Path.of(stem + ".json"), json());
        if (!picture.isEmpty()) {
            Files.writeString(Path.of(stem + ".svg"), picture.svg());
        }
    }

    private String json() {
        List<String> all = new ArrayList<>();
        for (Row row : rows) {
            Matcher value = VALUE.matcher(row.measured);
            boolean number = value.matches();
            String unit = number && value.group(2) != null ? value.group(2) : "";
            all.add("  {\"name\": " + quoted(row.what) + ", \"value\": "
                    + (number ? value.group(1) : quoted(row.measured)) + ", \"unit\": " + quoted(unit)
                    + ", \"budget\": " + quoted(row.budget) + "}");
        }
        return "[\n" + String.join(",\n", all) + "\n]\n";
    }

    private static String quoted(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"").replaceAll("\\p{Cntrl}", " ") + '"';
    }
}

package io.jenkins.plugins.slurmapptainer.slurm;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;

/** The forms of {@code sbatch-heads.tsv}. */
public final class SbatchHeads {
    /**
     * One of them.
     *
     * @param line as it stands in a script
     * @param meaning for people
     * @param action take, tell, error or none
     * @param settings what the step takes over, as {@code parameter value}
     */
    public record Form(String line, String meaning, String action, List<String> settings) {
        /** A script that has the line at its head. */
        public String script() {
            return "#!/bin/bash\n" + line + "\ntrue\n";
        }

        @Override
        public String toString() {
            return line;
        }
    }

    private SbatchHeads() {}

    /** All forms. */
    public static List<Form> forms() throws IOException {
        try (InputStream in = SbatchHeads.class.getResourceAsStream("sbatch-heads.tsv")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .map(line -> line.split("\t"))
                    .filter(columns -> columns.length > 1)
                    .map(columns -> new Form(
                            columns[0],
                            columns[1],
                            columns[2],
                            columns.length == 3
                                    ? List.of()
                                    : Stream.of(columns[3].split(" \\| ")).toList()))
                    .toList();
        }
    }
}

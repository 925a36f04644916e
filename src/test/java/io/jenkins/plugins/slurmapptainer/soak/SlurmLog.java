package io.jenkins.plugins.slurmapptainer.soak;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Slurm's own record of jobs that ended ({@code JobCompType=jobcomp/filetxt}), which the plugin does not see. */
final class SlurmLog {
    private static final Pattern LINE = Pattern.compile(
            "JobId=(?<id>[0-9]+) .*JobState=(?<state>[A-Z_]+) .*EndTime=(?<end>[0-9T:-]+|Unknown) NodeList=(?<nodes>[^ ]*) .*WorkDir=(?<directory>[^ ]*) .*");

    /**
     * @param directory the job's working directory, in which its token is: ids are given to more than one job when
     *     {@code slurmctld} forgets some
     * @param end in whole seconds since 1970; the time of the state's change
     */
    record Line(String id, String state, double end, String nodes, String directory) {}

    private final List<Line> lines = new ArrayList<>();

    SlurmLog(Path file) throws IOException {
        for (String text : Files.readAllLines(file)) {
            Matcher m = LINE.matcher(text);
            if (!m.matches()) {
                throw new IOException("not understood: " + text);
            }
            boolean known = !m.group("end").equals("Unknown");
            double end = known
                    ? LocalDateTime.parse(m.group("end"))
                            .atZone(ZoneId.systemDefault())
                            .toEpochSecond()
                    : 0;
            lines.add(new Line(m.group("id"), m.group("state"), end, m.group("nodes"), m.group("directory")));
        }
    }

    /** All that it says of a job. A job that is put back into the queue has a line with the state PENDING. */
    List<Line> of(String token) {
        return lines.stream().filter(line -> line.directory().contains(token)).toList();
    }

    /** The last word before a moment; the log's times have no fractions. */
    Optional<Line> lastBefore(String token, double time) {
        return of(token).stream().filter(line -> line.end() <= time).reduce((first, last) -> last);
    }
}

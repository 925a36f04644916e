package io.jenkins.plugins.slurmapptainer.slurm;

import io.jenkins.plugins.slurmapptainer.job.NearMisses;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The lines of a script that {@code sbatch} reads options from, and lines that people may mistake for such. As in
 * {@code _opt_batch_script} in sbatch's {@code opt.c}, the magic word must be at the very beginning of the line. The
 * first line that is neither blank nor a comment ends the head.
 *
 * @param directives the lines that count
 * @param misspelt lines of the head whose first word resembles the magic one
 * @param foreign lines for PBS or LSF, some of which {@code sbatch} reads
 * @param late lines with the magic word below the head
 * @param command number of the first line below the head, 0 if there is none
 */
record HeadLines(
        List<HeadLine> directives, List<HeadLine> misspelt, List<HeadLine> foreign, List<HeadLine> late, int command) {
    static final String WORD = "#SBATCH";
    /** An older word, which still counts. */
    static final String OLD_WORD = "#SLURM";

    private static final Pattern OTHER_WORD = Pattern.compile("#([A-Za-z]{4,9})\\s+-{1,2}[A-Za-z].*");
    private static final Pattern FOREIGN = Pattern.compile("#(PBS|BSUB)\\s+-.*");
    private static final Pattern LATE = Pattern.compile(WORD + "\\s+-.*");
    private static final Pattern HERE_DOCUMENT = Pattern.compile("<<-?\\s*(['\"]?)\\\\?([A-Za-z_][A-Za-z0-9_]*)\\1");

    static HeadLines of(String script) {
        String[] lines = lines(script);
        List<HeadLine> directives = new ArrayList<>();
        List<HeadLine> misspelt = new ArrayList<>();
        List<HeadLine> foreign = new ArrayList<>();
        int at = 0;
        for (; at < lines.length && !isCommand(lines[at]); at++) {
            HeadLine line = new HeadLine(at + 1, lines[at]);
            if (lines[at].startsWith(WORD) || lines[at].startsWith(OLD_WORD)) {
                directives.add(line);
            } else if (FOREIGN.matcher(lines[at]).matches()) {
                foreign.add(line);
            } else if (isMisspelt(lines[at])) {
                misspelt.add(line);
            }
        }
        return new HeadLines(directives, misspelt, foreign, late(lines, at), at < lines.length ? at + 1 : 0);
    }

    /**
     * The lines of a script. If its {@code #!} line is indented, as in a Jenkinsfile, the same indentation is removed
     * from the whole head.
     */
    private static String[] lines(String script) {
        String text = script.startsWith("\uFEFF") ? script.substring(1) : script;
        String[] lines = text.split("\r?\n", -1);
        String margin = "";
        for (String line : lines) {
            if (!line.isBlank()) {
                String bare = line.stripLeading();
                margin = bare.startsWith("#!") ? line.substring(0, line.length() - bare.length()) : "";
                break;
            }
        }
        for (int i = 0; i < lines.length && !margin.isEmpty(); i++) {
            lines[i] = lines[i].startsWith(margin) ? lines[i].substring(margin.length()) : lines[i];
        }
        return lines;
    }

    private static boolean isCommand(String line) {
        for (int i = 0; i < line.length(); i++) {
            if (!isBlank(line.charAt(i))) {
                return line.charAt(i) != '#';
            }
        }
        return false;
    }

    /** Like C's {@code isspace} in the C locale. */
    static boolean isBlank(char c) {
        return c == ' ' || c >= '\t' && c <= '\r';
    }

    private static boolean isMisspelt(String line) {
        Matcher word = OTHER_WORD.matcher(line);
        return word.matches()
                && !NearMisses.of(List.of(WORD.substring(1)), word.group(1)).isEmpty();
    }

    /**
     * Finds directives below the head. Those in a here-document are in order, because they belong to a script that this
     * one writes.
     */
    private static List<HeadLine> late(String[] lines, int from) {
        List<HeadLine> late = new ArrayList<>();
        Map<String, Integer> last = new HashMap<>();
        for (int i = from; i < lines.length; i++) {
            last.put(lines[i].strip(), i);
        }
        for (int i = from; i < lines.length; i++) {
            if (LATE.matcher(lines[i]).matches()) {
                late.add(new HeadLine(i + 1, lines[i]));
            }
            Matcher here = HERE_DOCUMENT.matcher(lines[i]);
            if (here.find() && last.getOrDefault(here.group(2), 0) > i) {
                String end = here.group(2);
                do {
                    i++;
                } while (!lines[i].strip().equals(end));
            }
        }
        return late;
    }
}

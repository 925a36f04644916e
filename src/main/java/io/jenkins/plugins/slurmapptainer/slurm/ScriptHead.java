package io.jenkins.plugins.slurmapptainer.slurm;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What the {@code #SBATCH} lines at the head of a script say, read as {@code sbatch} reads them (its {@code opt.c},
 * 22.05 to 26.05).
 *
 * @param settings the parameters that they set, in order
 * @param notices a line for each option without effect
 */
public record ScriptHead(List<HeadSetting> settings, List<String> notices) {
    private static final int MAX_NOTICES = 20;

    public ScriptHead {
        settings = List.copyOf(settings);
        notices = List.copyOf(notices);
    }

    /**
     * Reads a script.
     *
     * @param script as it was written; it may have DOS line ends and a byte order mark
     * @throws io.jenkins.plugins.slurmapptainer.job.InvalidRequestException for the parameter {@code script}; names
     *     number and text of the line that cannot be carried out
     */
    public static ScriptHead of(String script) {
        HeadLines lines = HeadLines.of(script);
        HeadMeaning meaning = HeadMeaning.of(options(lines));
        List<String> notices = new ArrayList<>(meaning.notices());
        lines.directives().stream()
                .filter(line -> line.text().startsWith(HeadLines.OLD_WORD))
                .findFirst()
                .ifPresent(line ->
                        notices.add("The script's " + line.words() + " counts, but write #SBATCH instead of #SLURM"));
        for (HeadLine line : lines.misspelt()) {
            notices.add("The script's " + line.words()
                    + " is a comment to sbatch and does not count; did you mean #SBATCH?");
        }
        if (!lines.foreign().isEmpty()) {
            notices.add("The script's " + lines.foreign().get(0).words()
                    + (lines.foreign().size() == 1
                            ? " is for another scheduler and does not count; write it"
                            : " and others of its kind are for another scheduler and do not count; write them")
                    + " for sbatch, as '#SBATCH --time=1:00:00'");
        }
        if (!lines.late().isEmpty()) {
            int more = lines.late().size() - 1;
            notices.add("The script's " + lines.late().get(0).words()
                    + (more == 0 ? ", is" : ", and " + more + " more are")
                    + " below the first command (line " + lines.command()
                    + "), where sbatch reads no #SBATCH lines; move " + (more == 0 ? "it" : "them") + " above");
        }
        return new ScriptHead(meaning.settings(), bounded(notices));
    }

    /** The options as {@code sbatch} reads them, before the step decides what they mean. */
    static List<HeadOption> options(HeadLines lines) {
        return HeadOptions.of(lines.directives().stream()
                .flatMap(line ->
                        HeadWords.of(line, line.text().startsWith(HeadLines.WORD) ? HeadLines.WORD : HeadLines.OLD_WORD)
                                .stream())
                .collect(Collectors.toList()));
    }

    private static List<String> bounded(List<String> notices) {
        if (notices.size() <= MAX_NOTICES) {
            return notices;
        }
        List<String> first = new ArrayList<>(notices.subList(0, MAX_NOTICES));
        first.add("… and " + (notices.size() - MAX_NOTICES) + " more lines of the script that do not count");
        return first;
    }
}

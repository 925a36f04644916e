package io.jenkins.plugins.slurmapptainer.slurm;

import java.util.ArrayList;
import java.util.List;

/**
 * Splits a directive into words as {@code get_argument} in sbatch's {@code opt.c} does. Quotes group characters, a
 * backslash takes the next one as it is, and {@code #} outside of quotes starts a comment.
 */
final class HeadWords {
    /**
     * One word.
     *
     * @param text without quotes
     * @param line the line that it is on
     */
    record Word(String text, HeadLine line) {}

    private final HeadLine line;
    private final String text;
    private int at;

    private HeadWords(HeadLine line, int from) {
        this.line = line;
        this.text = line.text();
        this.at = from;
    }

    /**
     * @param magic the word at the beginning of the line
     * @throws io.jenkins.plugins.slurmapptainer.job.InvalidRequestException for a line that {@code sbatch} refuses too
     */
    static List<Word> of(HeadLine line, String magic) {
        HeadWords words = new HeadWords(line, magic.length());
        List<Word> all = new ArrayList<>();
        String word = words.next();
        // For sbatch, empty quotes are no word and end the line.
        while (!word.isEmpty()) {
            if (all.isEmpty() && (word.equalsIgnoreCase("hetjob") || word.equalsIgnoreCase("packjob"))) {
                throw line.refusal(
                        "it begins another part of a heterogeneous job, and the step runs one job with one part; "
                                + "use a step for each");
            }
            all.add(new Word(word, line));
            word = words.next();
        }
        return all;
    }

    private String next() {
        while (at < text.length() && HeadLines.isBlank(text.charAt(at))) {
            at++;
        }
        if (at < text.length() && text.charAt(at) == ':') {
            throw line.refusal("sbatch does not take a ':' here");
        }
        StringBuilder word = new StringBuilder();
        char quote = 0;
        for (; at < text.length() && (quote != 0 || !HeadLines.isBlank(text.charAt(at))); at++) {
            char c = text.charAt(at);
            if (c == '\\') {
                at++;
                if (at < text.length() && (text.charAt(at) == ' ' || !HeadLines.isBlank(text.charAt(at)))) {
                    word.append(text.charAt(at));
                } else {
                    at--;
                }
            } else if (quote != 0 && c == quote) {
                quote = 0;
            } else if (quote == 0 && (c == '"' || c == '\'')) {
                quote = c;
            } else if (quote == 0 && c == '#') {
                break;
            } else {
                word.append(c);
            }
        }
        if (quote != 0) {
            throw line.refusal("the quote " + quote + " is not closed");
        }
        return word.toString();
    }
}

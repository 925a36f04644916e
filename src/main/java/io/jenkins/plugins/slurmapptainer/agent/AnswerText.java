package io.jenkins.plugins.slurmapptainer.agent;

import io.jenkins.plugins.slurmapptainer.job.Printable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Makes texts in agents' answers fit for consoles, pages and records. */
final class AnswerText {
    /** Slurm may say several lines about one job. */
    private static final int MAX_WORDS = 10_000;

    private static final int MAX_FIELD = 1_000;
    /** Enough for one answer: some sentences for each of several requests. */
    private static final int MAX_SENTENCES = 100;

    private AnswerText() {}

    static ArrayList<String> sentences(List<String> words) throws IOException {
        if (words.size() > MAX_SENTENCES) {
            throw new IOException("the agent answered with " + words.size() + " sentences");
        }
        return words.stream().map(Printable::ofSentence).collect(Collectors.toCollection(ArrayList::new));
    }

    /** Checks one field of a table. There may be very many, and most are in order. */
    static String field(String text) {
        return text.length() <= MAX_FIELD && Printable.isPlain(text) ? text : Printable.ofSentence(text);
    }

    /** Checks a command's output. Its line breaks stay. */
    static String words(String text) {
        String some = text.length() <= MAX_WORDS ? text : text.substring(0, MAX_WORDS) + "…";
        StringBuilder plain = new StringBuilder(some.length());
        some.chars().forEach(c -> plain.append(c != '\n' && c != '\t' && Character.isISOControl(c) ? ' ' : (char) c));
        return plain.toString();
    }
}

package io.jenkins.plugins.slurmapptainer.agent;

import io.jenkins.plugins.slurmapptainer.job.Printable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Texts in answers of agents, made fit for consoles, pages and records. */
final class AnswerText {
    /** Slurm's own words about one job may have several lines. */
    private static final int MAX_WORDS = 10_000;

    private static final int MAX_FIELD = 1_000;
    /** Some for each of several requests. */
    private static final int MAX_SENTENCES = 100;

    private AnswerText() {}

    static ArrayList<String> sentences(List<String> words) throws IOException {
        if (words.size() > MAX_SENTENCES) {
            throw new IOException("the agent answered with " + words.size() + " sentences");
        }
        return words.stream().map(Printable::ofSentence).collect(Collectors.toCollection(ArrayList::new));
    }

    /** One field of a table. Most are as they should be, and there may be very many. */
    static String field(String text) {
        return text.length() <= MAX_FIELD && Printable.isPlain(text) ? text : Printable.ofSentence(text);
    }

    /** Words of a command, whose lines stay lines. */
    static String words(String text) {
        String some = text.length() <= MAX_WORDS ? text : text.substring(0, MAX_WORDS) + "…";
        StringBuilder plain = new StringBuilder(some.length());
        some.chars().forEach(c -> plain.append(c != '\n' && c != '\t' && Character.isISOControl(c) ? ' ' : (char) c));
        return plain.toString();
    }
}

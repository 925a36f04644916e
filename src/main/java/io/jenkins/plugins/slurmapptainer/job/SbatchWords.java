package io.jenkins.plugins.slurmapptainer.job;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads options in the form of a command line or a {@code #SBATCH} line: several in one text, with blanks, quotes or
 * one dash. Each becomes one {@code --name=value}. Short names: {@code sbatch(1)}, Slurm 22.05 to 26.05.
 */
final class SbatchWords {
    private static final Map<Character, String> SHORT = Map.ofEntries(
            Map.entry('A', "account"),
            Map.entry('a', "array"),
            Map.entry('B', "extra-node-info"),
            Map.entry('b', "begin"),
            Map.entry('C', "constraint"),
            Map.entry('c', "cpus-per-task"),
            Map.entry('D', "chdir"),
            Map.entry('d', "dependency"),
            Map.entry('e', "error"),
            Map.entry('G', "gpus"),
            Map.entry('J', "job-name"),
            Map.entry('k', "no-kill"),
            Map.entry('L', "licenses"),
            Map.entry('m', "distribution"),
            Map.entry('N', "nodes"),
            Map.entry('n', "ntasks"),
            Map.entry('O', "overcommit"),
            Map.entry('o', "output"),
            Map.entry('p', "partition"),
            Map.entry('q', "qos"),
            Map.entry('S', "core-spec"),
            Map.entry('s', "oversubscribe"),
            Map.entry('t', "time"),
            Map.entry('w', "nodelist"),
            Map.entry('x', "exclude"));
    private static final Pattern WORD = Pattern.compile("(?:\"[^\"]*\"|'[^']*'|[^\\s\"']++)++");

    private final Collection<String> flags;
    private final Collection<String> names;
    private final Iterator<String> words;

    @CheckForNull
    private String ahead;

    private SbatchWords(String text, Collection<String> flags, Collection<String> names) {
        this.flags = flags;
        this.names = names;
        List<String> all = new ArrayList<>();
        Matcher word = WORD.matcher(text);
        while (word.find()) {
            all.add(word.group().replaceAll("[\"']", ""));
        }
        words = all.iterator();
    }

    /**
     * Reads a text.
     *
     * @param flags names of options without a value
     * @param names names of all known options
     * @return nothing when a part of the text is no option
     */
    static List<String> options(String text, Collection<String> flags, Collection<String> names) {
        // Quotes around the whole text only keep it together.
        String inner = text.matches("\"[^\"]*\"|'[^']*'") ? text.substring(1, text.length() - 1) : text;
        return new SbatchWords(inner, flags, names).options();
    }

    private List<String> options() {
        List<String> options = new ArrayList<>();
        for (String word = next(); word != null; word = next()) {
            String name = name(word);
            if (name == null) {
                return List.of();
            }
            String value = value(word, name);
            options.add("--" + name + (value.isEmpty() ? "" : "=" + value));
        }
        return options;
    }

    @CheckForNull
    private String next() {
        String word = ahead != null ? ahead : words.hasNext() ? words.next() : null;
        ahead = null;
        return word;
    }

    @CheckForNull
    private String name(String word) {
        if (word.startsWith("--")) {
            return word.substring(2).split("=", 2)[0];
        }
        if (word.startsWith("-") && word.length() > 1) {
            return SHORT.get(word.charAt(1));
        }
        String bare = word.split("=", 2)[0];
        return names.contains(bare) ? bare : null;
    }

    /** The value of an option: the rest of the word, or the next word. */
    private String value(String word, String name) {
        boolean shortForm = word.startsWith("-") && !word.startsWith("--");
        int equals = word.indexOf('=');
        String own =
                shortForm ? word.substring(2).replaceFirst("^=", "") : equals < 0 ? "" : word.substring(equals + 1);
        if (!own.isEmpty() || flags.contains(name)) {
            return own;
        }
        String following = next();
        if (following == null || following.startsWith("-")) {
            ahead = following;
            return "";
        }
        return following.equals("=") ? String.valueOf(next()) : following.replaceFirst("^=", "");
    }
}

package io.jenkins.plugins.slurmapptainer.slurm;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.slurmapptainer.job.NearMisses;
import io.jenkins.plugins.slurmapptainer.slurm.HeadWords.Word;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads the words of all directives as one list of arguments, as {@code sbatch} does with {@code getopt_long}. An
 * option's value may be the next word, even on the next line.
 */
final class HeadOptions {
    private final List<Word> words;
    private final List<HeadOption> options = new ArrayList<>();
    private int at;

    private HeadOptions(List<Word> words) {
        this.words = words;
    }

    /**
     * @throws io.jenkins.plugins.slurmapptainer.job.InvalidRequestException for words that {@code sbatch} refuses too
     */
    static List<HeadOption> of(List<Word> words) {
        HeadOptions all = new HeadOptions(words);
        while (all.at < words.size()) {
            all.read(words.get(all.at++));
        }
        return all.options;
    }

    private void read(Word word) {
        String text = word.text();
        if (text.startsWith("--") && text.length() > 2) {
            readLong(word);
        } else if (text.startsWith("-") && text.length() > 1 && !text.equals("--")) {
            readLetters(word);
        } else if (!text.equals("--") || at < words.size()) {
            throw word.line()
                    .refusal("'" + text + "' is no option to sbatch"
                            + (isTypographic(text)
                                    ? "; the dash is a typographic one, write '-' or '--'"
                                    : "; options begin with '-' or '--'"));
        }
    }

    private static boolean isTypographic(String text) {
        return text.charAt(0) >= '\u2010' && text.charAt(0) <= '\u2015' || text.charAt(0) == '\u2212';
    }

    private void readLong(Word word) {
        String text = word.text().substring(2);
        int equals = text.indexOf('=');
        String written = equals < 0 ? text : text.substring(0, equals);
        String value = equals < 0 ? null : text.substring(equals + 1);
        SbatchOption option = option(written, word.line());
        if (value != null && option.value() == SbatchOption.Value.NONE) {
            throw word.line().refusal("--" + option.name() + " has no value");
        }
        if (value == null && option.value() == SbatchOption.Value.REQUIRED) {
            value = nextWord(option, word.line());
        }
        add(option, value, word.line());
    }

    private void readLetters(Word word) {
        String text = word.text();
        for (int i = 1; i < text.length(); i++) {
            char letter = text.charAt(i);
            SbatchOption option = SbatchOption.ofLetter(letter)
                    .orElseThrow(() -> word.line().refusal("sbatch has no option -" + letter));
            String rest = text.substring(i + 1);
            if (option.value() == SbatchOption.Value.NONE) {
                add(option, null, word.line());
                continue;
            }
            boolean required = option.value() == SbatchOption.Value.REQUIRED;
            add(option, rest.isEmpty() ? required ? nextWord(option, word.line()) : null : rest, word.line());
            return;
        }
    }

    private String nextWord(SbatchOption option, HeadLine line) {
        if (at == words.size()) {
            throw line.refusal("--" + option.name() + " needs a value");
        }
        return words.get(at++).text();
    }

    private static SbatchOption option(String written, HeadLine line) {
        List<SbatchOption> candidates = SbatchOption.ofName(written);
        if (candidates.size() == 1) {
            return candidates.get(0);
        }
        List<String> near = candidates.isEmpty()
                ? NearMisses.of(
                        SbatchOption.names().stream().map(name -> "--" + name).toList(), "--" + written)
                : candidates.stream().map(option -> "'--" + option.name() + "'").toList();
        throw line.refusal((candidates.isEmpty() ? "sbatch has no option --" : "several options begin with --")
                + written
                + (near.isEmpty() ? "" : "; did you mean " + String.join(" or ", near) + "?"));
    }

    private void add(SbatchOption option, @CheckForNull String value, HeadLine line) {
        String name = option.name().equals("tasks-per-node") ? "ntasks-per-node" : option.name();
        options.add(new HeadOption(name, value, line));
    }
}

package io.jenkins.plugins.slurmapptainer.image;

import io.jenkins.plugins.slurmapptainer.job.Bind;
import io.jenkins.plugins.slurmapptainer.job.InvalidRequestException;
import io.jenkins.plugins.slurmapptainer.job.Printable;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Reads the text fields of an entry. An empty text means that nothing is set. */
public final class EntryText {
    private static final Pattern VARIABLE = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

    private EntryText() {}

    /** Items that are separated by commas or line breaks. */
    public static List<String> items(String text) {
        return Arrays.stream(text.split("[,\n]"))
                .map(String::strip)
                .filter(item -> !item.isEmpty())
                .collect(Collectors.toList());
    }

    /** Absolute paths of directories, without a slash at the end. */
    public static List<String> directories(String text) {
        List<String> directories = items(text).stream()
                .map(path -> path.replaceFirst("(?<=.)/+$", ""))
                .collect(Collectors.toList());
        directories.forEach(ImageRecord::checkPath);
        return directories;
    }

    /** Other ids of an image. */
    public static List<String> aliases(String text) {
        List<String> aliases = items(text);
        for (String alias : aliases) {
            if (!ImageRecord.isId(alias)) {
                throw new InvalidRequestException(
                        "aliases", "'" + Printable.of(alias) + "': use letters, digits and . _ + @ - only");
            }
        }
        return aliases;
    }

    /** Binds, one an item. */
    public static List<Bind> binds(String text) {
        return items(text).stream().map(Bind::parse).collect(Collectors.toList());
    }

    /** Lines {@code NAME=value}; for the same name, the last line counts. */
    public static Map<String, String> environment(String text) {
        Map<String, String> variables = new LinkedHashMap<>();
        for (String line : text.lines().filter(line -> !line.isBlank()).collect(Collectors.toList())) {
            int equals = line.indexOf('=');
            String name = equals < 0 ? line : line.substring(0, equals).strip();
            if (equals < 0 || !VARIABLE.matcher(name).matches() || line.indexOf('\0') >= 0) {
                throw new InvalidRequestException(
                        "environment", "'" + Printable.of(line) + "' is not of the form NAME=value");
            }
            variables.put(name, line.substring(equals + 1));
        }
        return variables;
    }

    /**
     * Reads a word of an enumeration, in lower case. An empty text means the first one.
     *
     * @param field name of the parameter for error messages
     */
    public static <E extends Enum<E>> E word(String field, String text, Class<E> type) {
        E[] all = type.getEnumConstants();
        String word = text.strip();
        for (E value : all) {
            if (value.name().equalsIgnoreCase(word)) {
                return value;
            }
        }
        if (!word.isEmpty()) {
            throw new InvalidRequestException(
                    field,
                    "'" + Printable.of(word) + "' is none of "
                            + Arrays.stream(all)
                                    .map(value -> value.name().toLowerCase(Locale.ROOT))
                                    .collect(Collectors.joining(", ")));
        }
        return all[0];
    }
}

package io.jenkins.plugins.slurmapptainer.job;

/** Makes foreign text fit for one line of a message: without control characters and not too long. */
public final class Printable {
    private static final int MAX = 300;
    private static final int MAX_SENTENCE = 1000;
    /** How much more text is read than shown, because several control characters become one. */
    private static final int LOOKED_AT = 10;

    private Printable() {}

    /** Replaces control characters by blanks and cuts the text after 300 characters. */
    public static String of(String text) {
        return of(text, MAX);
    }

    /** The same with a higher limit, for a sentence that may name some files. */
    public static String ofSentence(String text) {
        return of(text, MAX_SENTENCE);
    }

    /** The same with a limit in characters. */
    public static String of(String text, int max) {
        if (isFit(text, max)) {
            return text;
        }
        int from = 0;
        while (from < text.length() && Character.isWhitespace(text.charAt(from))) {
            from++;
        }
        // The text may be endless, so only about as much is read as can be shown.
        int to = Math.min(text.length(), from + LOOKED_AT * max);
        String line = text.substring(from, to).strip().replaceAll("\\p{Cntrl}+", " ");
        return to == text.length() && line.length() <= max
                ? line
                : line.substring(0, Math.min(max, line.length())) + "…";
    }

    /** Whether nothing has to be done to a text, as to most. */
    private static boolean isFit(String text, int max) {
        int length = text.length();
        if (length > max) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            char c = text.charAt(i);
            if (c < ' ' || c == 0x7f) {
                return false;
            }
        }
        return length == 0
                || !Character.isWhitespace(text.charAt(0)) && !Character.isWhitespace(text.charAt(length - 1));
    }

    /** Whether a text has no control characters. Its length does not matter. */
    public static boolean isPlain(String text) {
        return text.chars().noneMatch(Character::isISOControl);
    }
}

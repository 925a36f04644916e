package io.jenkins.plugins.slurmapptainer.job;

/** Foreign text made fit for one line of a message: no control characters, no endless length. */
public final class Printable {
    private static final int MAX = 300;
    private static final int MAX_SENTENCE = 1000;
    /** Control characters become fewer. */
    private static final int LOOKED_AT = 10;

    private Printable() {}

    /** The text with control characters replaced by {@code ?}, cut after 300 characters. */
    public static String of(String text) {
        return of(text, MAX);
    }

    /** The same for a sentence, which may name some files. */
    public static String ofSentence(String text) {
        return of(text, MAX_SENTENCE);
    }

    /** The same, cut after so many characters. */
    public static String of(String text, int max) {
        if (isFit(text, max)) {
            return text;
        }
        int from = 0;
        while (from < text.length() && Character.isWhitespace(text.charAt(from))) {
            from++;
        }
        // Of a text without end no more is looked at than may be shown.
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

    /** Whether a text of any length has no control characters. */
    public static boolean isPlain(String text) {
        return text.chars().noneMatch(Character::isISOControl);
    }
}

package io.jenkins.plugins.slurmapptainer.image;

import java.math.BigInteger;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Orders versions as people expect. Numbers count as numbers ({@code 3.9 < 3.11}). A word that means "not yet" comes
 * before its version ({@code 4.0rc1 < 4.0}), any other word after it ({@code 12.1 < 12.1-devel < 12.1.1}). No version
 * comes before all others.
 */
public final class VersionOrder implements Comparator<String> {
    public static final VersionOrder INSTANCE = new VersionOrder();

    private static final Pattern PART = Pattern.compile("[0-9]+|[\\p{L}]+");
    private static final List<String> NOT_YET =
            List.of("dev", "snapshot", "nightly", "a", "alpha", "b", "beta", "pre", "preview", "rc");

    /** Ranks of the possible parts of a version. */
    private static final int END = 100;

    private static final int WORD = 101;
    private static final int NUMBER = 102;

    private VersionOrder() {}

    @Override
    public int compare(String a, String b) {
        if (a.isEmpty() || b.isEmpty()) {
            return Integer.compare(a.length(), b.length());
        }
        Matcher first = PART.matcher(plain(a));
        Matcher second = PART.matcher(plain(b));
        while (true) {
            String left = first.find() ? first.group() : "";
            String right = second.find() ? second.group() : "";
            int order = part(left, right);
            if (order != 0) {
                return order;
            }
            if (left.isEmpty()) {
                return a.compareTo(b);
            }
        }
    }

    private static String plain(String version) {
        String lower = version.toLowerCase(Locale.ROOT);
        return lower.matches("v[0-9].*") ? lower.substring(1) : lower;
    }

    private static int part(String a, String b) {
        int rank = Integer.compare(rank(a), rank(b));
        if (rank != 0) {
            return rank;
        }
        return rank(a) == NUMBER ? new BigInteger(a).compareTo(new BigInteger(b)) : a.compareTo(b);
    }

    private static int rank(String part) {
        if (part.isEmpty()) {
            return END;
        }
        if (Character.isDigit(part.charAt(0))) {
            return NUMBER;
        }
        int notYet = NOT_YET.indexOf(part);
        return notYet < 0 ? WORD : notYet;
    }
}

package io.jenkins.plugins.slurmapptainer.fuzz;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Makes inputs out of samples: bytes changed, removed, repeated, and what parsers stumble over put in. */
final class Mutator {
    static final int MAX_BYTES = 100_000;
    private static final int MAX_CHANGES = 8;

    private static final List<byte[]> WORDS = List.of(
                    "\u0000",
                    "\n",
                    "\r\n",
                    "\t",
                    " ",
                    "/",
                    "../",
                    "//",
                    "\\",
                    "\"",
                    "'",
                    "`",
                    "$(",
                    "%",
                    "%s",
                    "*",
                    "**",
                    "?",
                    "[",
                    "]",
                    "{",
                    "}",
                    "(",
                    ")",
                    ":",
                    "::",
                    ";",
                    ",",
                    ",,",
                    "=",
                    "-",
                    "--",
                    "_",
                    "+",
                    "|",
                    "~",
                    "@",
                    "0",
                    "1",
                    "-1",
                    "9999999",
                    "2147483647",
                    "2147483648",
                    "-2147483648",
                    "9223372036854775807",
                    "18446744073709551616",
                    "1e999",
                    "NaN",
                    "null",
                    "true",
                    "N/A",
                    "(null)",
                    "UNLIMITED",
                    "\u0130",
                    "\u2028",
                    "\u202e",
                    "\ud83d\ude00",
                    "\ufeff",
                    "\ufffd",
                    "job=",
                    "token=",
                    "after",
                    "afterok:1",
                    "singleton",
                    "0-9",
                    "#SBATCH --",
                    "\\u0000",
                    "\\ud800",
                    "docker://",
                    "sha256:")
            .stream()
            .map(word -> word.getBytes(StandardCharsets.UTF_8))
            .toList();

    private final Random random;

    Mutator(Random random) {
        this.random = random;
    }

    byte[] next(List<byte[]> samples) {
        byte[] input = pick(samples);
        int changes = random.nextInt(MAX_CHANGES + 1);
        for (int i = 0; i < changes; i++) {
            input = change(input, samples);
        }
        return input.length <= MAX_BYTES ? input : java.util.Arrays.copyOf(input, MAX_BYTES);
    }

    private byte[] pick(List<byte[]> samples) {
        return samples.get(random.nextInt(samples.size()));
    }

    private byte[] change(byte[] input, List<byte[]> samples) {
        int from = random.nextInt(input.length + 1);
        int to = Math.min(input.length, from + random.nextInt(1 + (random.nextBoolean() ? 8 : input.length)));
        switch (random.nextInt(8)) {
            case 0:
                byte[] flipped = input.clone();
                if (flipped.length > 0) {
                    flipped[random.nextInt(flipped.length)] ^= (byte) (1 << random.nextInt(8));
                }
                return flipped;
            case 1:
                return join(input, 0, from, new byte[] {(byte) random.nextInt(256)}, 1, input, from, input.length);
            case 2:
                return join(input, 0, from, pick(WORDS), 1, input, from, input.length);
            case 3:
                return join(input, 0, from, new byte[0], 0, input, to, input.length);
            case 4:
                return join(input, 0, from, part(input, from, to), often(), input, to, input.length);
            case 5:
                return join(input, 0, from, pick(WORDS), often(), input, from, input.length);
            case 6:
                byte[] other = pick(samples);
                return join(input, 0, from, new byte[0], 0, other, random.nextInt(other.length + 1), other.length);
            default:
                return part(input, from, to);
        }
    }

    /** Mostly a few times, sometimes very many. */
    private int often() {
        return random.nextInt(40) > 0 ? 2 + random.nextInt(10) : 1_000 + random.nextInt(50_000);
    }

    private static byte[] part(byte[] input, int from, int to) {
        return java.util.Arrays.copyOfRange(input, from, to);
    }

    private static byte[] join(
            byte[] head, int headFrom, int headTo, byte[] middle, int times, byte[] tail, int tailFrom, int tailTo) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.write(head, headFrom, headTo - headFrom);
        for (int i = 0; i < times && all.size() < MAX_BYTES; i++) {
            all.writeBytes(middle);
        }
        all.write(tail, tailFrom, tailTo - tailFrom);
        return all.toByteArray();
    }

    /** As it can be written into a Java source. */
    static String shown(byte[] input) {
        List<String> bytes = new ArrayList<>();
        for (int i = 0; i < Math.min(400, input.length); i++) {
            bytes.add(
                    input[i] >= ' ' && input[i] < 127
                            ? String.valueOf((char) input[i])
                            : String.format("\\x%02x", input[i]));
        }
        return String.join("", bytes) + (input.length > 400 ? "… (" + input.length + " bytes)" : "");
    }
}

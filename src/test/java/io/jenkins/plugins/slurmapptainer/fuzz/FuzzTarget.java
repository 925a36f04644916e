package io.jenkins.plugins.slurmapptainer.fuzz;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/**
 * One reader of foreign text.
 *
 * @param name for reports
 * @param samples that it understands, from which others are made
 * @param refusals exceptions that say that an input is none
 * @param reader throws anything else, an {@link AssertionError} among it, for an input that it should have refused
 */
public record FuzzTarget(String name, List<byte[]> samples, List<Class<? extends Exception>> refusals, Reader reader) {
    /** Reads one input. */
    public interface Reader {
        void read(byte[] input) throws Exception;
    }

    /** The same for text. */
    public interface TextReader {
        void read(String input) throws Exception;
    }

    /** A reader of text. */
    @SafeVarargs
    public static FuzzTarget ofText(
            String name, TextReader reader, List<String> samples, Class<? extends Exception>... refusals) {
        return new FuzzTarget(
                name,
                samples.stream()
                        .map(sample -> sample.getBytes(StandardCharsets.UTF_8))
                        .toList(),
                Arrays.asList(refusals),
                input -> reader.read(new String(input, StandardCharsets.UTF_8)));
    }

    boolean refuses(Throwable e) {
        return refusals.stream().anyMatch(type -> type.isInstance(e));
    }
}

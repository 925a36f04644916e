package io.jenkins.plugins.slurmapptainer.job;

import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The variables that a build gives its job, with their values. The values may be secrets: they are computed again
 * whenever they are needed and never saved, and {@link #toString} does not show them.
 */
public final class JobEnvironment implements Serializable {
    private static final long serialVersionUID = 1L;

    /** No variables. */
    public static final JobEnvironment NONE = new JobEnvironment(Map.of(), Map.of());

    /** The longest value. Linux refuses longer ones (128 KiB with the name; the rest leaves room for a prefix). */
    static final int MAX_BYTES = 120 * 1024;

    /** The most of all values together. Linux allows 2 MiB for everything that a program is started with. */
    static final int MAX_TOTAL_BYTES = 1024 * 1024;

    private final LinkedHashMap<String, String> values;

    private final LinkedHashMap<String, String> open;

    private JobEnvironment(Map<String, String> values, Map<String, String> open) {
        this.values = new LinkedHashMap<>(values);
        this.open = new LinkedHashMap<>(open);
    }

    /**
     * @param values by name; {@link EnvironmentRequest} has checked the names
     * @throws InvalidRequestException when a value is too long or cannot be a value
     */
    static JobEnvironment of(Map<String, String> values) {
        long total = 0;
        for (Map.Entry<String, String> variable : values.entrySet()) {
            int size = variable.getValue().getBytes(StandardCharsets.UTF_8).length;
            total += size;
            if (variable.getValue().indexOf('\0') >= 0) {
                throw invalid(
                        "the value of '" + variable.getKey() + "' has a NUL character, which no variable can hold");
            }
            if (size > MAX_BYTES) {
                throw invalid("the value of '" + variable.getKey() + "' has " + size + " bytes, more than " + MAX_BYTES
                        + "; put it into a file and attach that with files:");
            }
        }
        if (total > MAX_TOTAL_BYTES) {
            throw invalid("all values together have " + total + " bytes, more than " + MAX_TOTAL_BYTES
                    + "; put the long ones into files and attach these with files:");
        }
        return new JobEnvironment(values, Map.of());
    }

    private static InvalidRequestException invalid(String why) {
        return new InvalidRequestException("env", why);
    }

    /** The same with the variables that every job of a cluster gets. If a name is in both, the build's value counts. */
    public JobEnvironment withOpen(Map<String, String> more) {
        JobEnvironment all = new JobEnvironment(values, more);
        all.open.keySet().removeAll(values.keySet());
        return all;
    }

    /** Values by name that are no secrets and are written into the batch script. */
    public Map<String, String> open() {
        return Collections.unmodifiableMap(open);
    }

    public boolean isEmpty() {
        return values.isEmpty();
    }

    public List<String> names() {
        return new ArrayList<>(values.keySet());
    }

    /** Values by name, in the order of the request. */
    public Map<String, String> values() {
        return Collections.unmodifiableMap(values);
    }

    /** The names only. */
    @Override
    public String toString() {
        return "JobEnvironment" + names();
    }
}

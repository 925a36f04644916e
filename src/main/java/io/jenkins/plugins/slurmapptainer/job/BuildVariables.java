package io.jenkins.plugins.slurmapptainer.job;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Names of build variables that every job of a cluster gets if the build has them. They must not be secrets, because
 * their values are written into the batch script.
 */
public final class BuildVariables {
    /** Variables that builds and their source control usually set, and that scripts use. */
    public static final String USUAL =
            "BUILD_NUMBER, BUILD_TAG, BUILD_URL, JOB_NAME, BRANCH_NAME, CHANGE_ID, TAG_NAME, GIT_COMMIT,"
                    + " GIT_BRANCH, STAGE_NAME, CI";

    private static final Pattern NAME = Pattern.compile("[A-Z][A-Z0-9_]*");
    private static final int MAX_LENGTH = 8192;

    private final List<String> names;

    private BuildVariables(List<String> names) {
        this.names = names;
    }

    /**
     * Reads names that are separated by commas or lines.
     *
     * @param field name of the setting
     * @throws InvalidRequestException for something that is no variable name, or that is reserved
     */
    public static BuildVariables of(String field, String text) {
        List<String> names =
                EnvironmentRequest.elements(text).stream().distinct().toList();
        for (String name : names) {
            if (!NAME.matcher(name).matches()) {
                throw new InvalidRequestException(
                        field,
                        "'" + Printable.of(name)
                                + "' is no name of a variable; it has capital letters, digits and underscores");
            }
            Optional<String> owner = ReservedVariables.owner(name);
            if (owner.isPresent()) {
                throw new InvalidRequestException(field, "'" + name + "' " + owner.get());
            }
        }
        return new BuildVariables(names);
    }

    /**
     * The variables that this build has. A value that a variable cannot hold, or a very long one, is left out.
     *
     * @param build the build's variables without secret ones
     * @param taken names that already have another meaning in the job
     */
    public Map<String, String> of(Map<String, String> build, Collection<String> taken) {
        Map<String, String> values = new LinkedHashMap<>();
        for (String name : names) {
            String value = build.get(name);
            if (value != null && !taken.contains(name) && value.length() <= MAX_LENGTH && value.indexOf('\0') < 0) {
                values.put(name, value);
            }
        }
        return values;
    }
}

package io.jenkins.plugins.slurmapptainer.script;

import java.io.Serializable;
import java.util.regex.Pattern;

/**
 * An environment variable of the job.
 *
 * @param name a name that every shell accepts
 * @param value any text without NUL
 */
public record Export(String name, String value) implements Serializable {
    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

    public Export {
        if (!NAME.matcher(name).matches() || value.indexOf('\0') >= 0) {
            throw new IllegalArgumentException("not an environment variable: " + name);
        }
    }
}

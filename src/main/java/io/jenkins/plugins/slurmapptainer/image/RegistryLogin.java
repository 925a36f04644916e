package io.jenkins.plugins.slurmapptainer.image;

import java.io.Serializable;

/**
 * A login for a registry.
 *
 * @param user empty for no login
 */
public record RegistryLogin(String user, String password) implements Serializable {
    public static final RegistryLogin NONE = new RegistryLogin("", "");

    /** Hides the password. */
    @Override
    public String toString() {
        return "RegistryLogin[" + user + "]";
    }
}

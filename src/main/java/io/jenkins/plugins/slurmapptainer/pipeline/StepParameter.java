package io.jenkins.plugins.slurmapptainer.pipeline;

import java.util.List;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/** A parameter of a step, as {@link StepArguments#parameters} finds it. Immutable. */
@Restricted(NoExternalUse.class)
public final class StepParameter {
    private final String name;
    private final Class<?> type;
    private final String title;

    StepParameter(String name, Class<?> type, String title) {
        this.name = name;
        this.type = type;
        this.title = title;
    }

    public String getName() {
        return name;
    }

    public Class<?> getType() {
        return type;
    }

    /** Its title in the form, empty if it has a place of its own in {@code config.jelly}. */
    public String getTitle() {
        return title;
    }

    /** Whether it is a switch: either set or not. */
    public boolean isFlag() {
        return type == boolean.class;
    }

    public boolean isNumber() {
        return type == Integer.class;
    }

    /** Whether it is a list, which the form shows as lines. */
    boolean isList() {
        return type == List.class;
    }
}

package io.jenkins.plugins.slurmapptainer.pipeline;

import io.jenkins.plugins.slurmapptainer.job.InvalidRequestException;
import io.jenkins.plugins.slurmapptainer.job.NearMisses;
import java.beans.Introspector;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/**
 * Checks the arguments of a step in a Jenkinsfile against the step's data-bound constructor and setters. Jenkins itself
 * only warns of a misspelt name, and the job would run without that argument. Safe for several threads.
 */
public final class StepArguments {
    private StepArguments() {}

    /**
     * Checks names, and converts values as {@link ArgumentForms} says.
     *
     * @return the arguments to bind, each of its parameter's type; {@code null} values count as absent
     * @throws InvalidRequestException for a name that the step does not have (the message suggests similar ones), and
     *     for a value that its parameter cannot have
     */
    public static Map<String, Object> checked(Class<?> step, Map<String, ?> arguments) {
        Map<String, StepParameter> parameters = parameters(step);
        Map<String, Object> checked = new LinkedHashMap<>();
        arguments.forEach((name, value) -> {
            StepParameter parameter = parameters.get(name);
            if (parameter == null) {
                List<String> near = NearMisses.of(parameters.keySet(), name);
                throw new InvalidRequestException(
                        name,
                        "there is no such parameter"
                                + (near.isEmpty()
                                        ? "; there are " + String.join(", ", parameters.keySet())
                                        : "; did you mean " + String.join(" or ", near) + "?"));
            }
            if (value != null) {
                checked.put(name, ArgumentForms.read(name, parameter.getType(), value));
            }
        });
        return checked;
    }

    /**
     * The parameters by name, in alphabetical order: what the data-bound constructor, setters and public fields of the class
     * accept. This is the only place that collects them.
     */
    public static SortedMap<String, StepParameter> parameters(Class<?> step) {
        SortedMap<String, StepParameter> parameters = new TreeMap<>();
        for (Constructor<?> constructor : step.getConstructors()) {
            if (constructor.isAnnotationPresent(DataBoundConstructor.class)) {
                for (Parameter parameter : constructor.getParameters()) {
                    parameters.put(
                            parameter.getName(), new StepParameter(parameter.getName(), parameter.getType(), ""));
                }
            }
        }
        for (Field field : step.getFields()) {
            if (field.isAnnotationPresent(DataBoundSetter.class)) {
                parameters.put(field.getName(), new StepParameter(field.getName(), field.getType(), ""));
            }
        }
        for (Method setter : step.getMethods()) {
            if (setter.isAnnotationPresent(DataBoundSetter.class)) {
                String name = Introspector.decapitalize(setter.getName().substring("set".length()));
                FormTitle title = setter.getAnnotation(FormTitle.class);
                parameters.put(
                        name,
                        new StepParameter(name, setter.getParameterTypes()[0], title == null ? "" : title.value()));
            }
        }
        return parameters;
    }
}

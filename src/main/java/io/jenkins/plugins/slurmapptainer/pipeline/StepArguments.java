package io.jenkins.plugins.slurmapptainer.pipeline;

import io.jenkins.plugins.slurmapptainer.job.InvalidRequestException;
import io.jenkins.plugins.slurmapptainer.job.NearMisses;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/**
 * The arguments of a step as a Jenkinsfile has them, checked against the step's data-bound constructor and setters.
 * Jenkins itself only warns of a misspelt name, and the job would run without what was asked for.
 */
public final class StepArguments {
    private StepArguments() {}

    /**
     * Checks names, and accepts what people naturally write, as {@link ArgumentForms} says.
     *
     * @return the arguments to bind, each of its parameter's type; {@code null} is as good as absent
     * @throws InvalidRequestException for a name that the step does not have, with the nearest ones it has, and for a value
     *     that its parameter cannot have
     */
    public static Map<String, Object> checked(Class<?> step, Map<String, ?> arguments) {
        Map<String, Class<?>> parameters = parameters(step);
        Map<String, Object> checked = new LinkedHashMap<>();
        arguments.forEach((name, value) -> {
            Class<?> type = parameters.get(name);
            if (type == null) {
                List<String> near = NearMisses.of(parameters.keySet(), name);
                throw new InvalidRequestException(
                        name,
                        "there is no such parameter"
                                + (near.isEmpty()
                                        ? "; there are " + String.join(", ", parameters.keySet())
                                        : "; did you mean " + String.join(" or ", near) + "?"));
            }
            if (value != null) {
                checked.put(name, ArgumentForms.read(name, type, value));
            }
        });
        return checked;
    }

    /** Names and types of the parameters, in alphabetical order. */
    public static Map<String, Class<?>> parameters(Class<?> step) {
        Map<String, Class<?>> parameters = new TreeMap<>();
        for (Constructor<?> constructor : step.getConstructors()) {
            if (constructor.isAnnotationPresent(DataBoundConstructor.class)) {
                for (Parameter parameter : constructor.getParameters()) {
                    parameters.put(parameter.getName(), parameter.getType());
                }
            }
        }
        for (Method method : step.getMethods()) {
            if (method.isAnnotationPresent(DataBoundSetter.class)) {
                String name = method.getName().substring("set".length());
                parameters.put(
                        Character.toLowerCase(name.charAt(0)) + name.substring(1), method.getParameterTypes()[0]);
            }
        }
        return parameters;
    }
}

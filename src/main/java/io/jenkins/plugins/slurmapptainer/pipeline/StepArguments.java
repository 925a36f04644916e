package io.jenkins.plugins.slurmapptainer.pipeline;

import io.jenkins.plugins.slurmapptainer.execution.SlurmJobResult;
import io.jenkins.plugins.slurmapptainer.job.Directive;
import io.jenkins.plugins.slurmapptainer.job.EnvironmentRequest;
import io.jenkins.plugins.slurmapptainer.job.InvalidRequestException;
import io.jenkins.plugins.slurmapptainer.job.NearMisses;
import io.jenkins.plugins.slurmapptainer.job.RunOption;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/**
 * The arguments of a step as a Jenkinsfile has them, checked against the step's data-bound constructor and setters.
 * Jenkins itself only warns of a misspelt name, and the job would run without what was asked for.
 */
public final class StepArguments {
    /** As one text, the list of variables may have commas, as the list of files has; an option may hold one itself. */
    private static final String VARIABLES = "env";

    private static final String BINDS = RunOption.BINDS.field();

    private StepArguments() {}

    /**
     * Checks names, and accepts what people naturally write: a number where text is expected, one text or a map
     * where a list is.
     *
     * @return the arguments to bind
     * @throws InvalidRequestException for a name that the step does not have, with the nearest ones it has
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
            if (name.equals(Directive.DEPENDENCY.field()) && value instanceof Map<?, ?> conditions) {
                checked.put(name, dependency(conditions));
            } else {
                checked.put(name, type == List.class ? list(name, value) : natural(type, value));
            }
        });
        return checked;
    }

    private static Object natural(Class<?> type, Object value) {
        if (type == String.class && value instanceof Number) {
            return value.toString();
        }
        return value;
    }

    /** {@code [afterok: job]}, with a job, its id or a list of them for each kind of condition. */
    private static String dependency(Map<?, ?> conditions) {
        return conditions.entrySet().stream()
                .map(condition -> condition.getKey() + ":"
                        + (condition.getValue() instanceof List<?> jobs
                                        ? jobs
                                        : Collections.singletonList(condition.getValue()))
                                .stream().map(StepArguments::id).collect(Collectors.joining(":")))
                .collect(Collectors.joining(","));
    }

    /** A federation's ids name a cluster, which {@code --dependency} does not take. */
    private static String id(Object job) {
        String id = job instanceof SlurmJobResult result ? result.getId() : String.valueOf(job);
        return id.split(";")[0];
    }

    private static Object list(String name, Object value) {
        if (value instanceof Map) {
            return ((Map<?, ?>) value)
                    .entrySet().stream()
                            .map(entry -> entry.getKey() + (name.equals(BINDS) ? ":" : "=") + entry.getValue())
                            .collect(Collectors.toList());
        }
        if (value instanceof CharSequence) {
            String text = value.toString();
            if (name.equals(VARIABLES)) {
                return EnvironmentRequest.elements(text);
            }
            // As --bind has them.
            String lines = name.equals(BINDS) ? text.replace(',', '\n') : text;
            return lines.lines().map(String::strip).collect(Collectors.toList());
        }
        return value;
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

package io.jenkins.plugins.slurmapptainer.demo;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import groovy.lang.Closure;
import hudson.AbortException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A step with what a script has given it.
 *
 * @param name of the step
 * @param arguments by the names of the parameters
 * @param body {@code null} for none
 */
record StepCall(
        String name,
        Map<String, Object> arguments,
        @CheckForNull Closure<?> body) {
    /** What a step does with a call. */
    interface Action {
        Object run(StepCall call) throws Exception;
    }

    /**
     * Reads what Groovy passes on, as Pipeline does: named arguments or the one that needs no name, then the body.
     *
     * @param only the parameter that needs no name, {@code null} for none
     */
    static StepCall of(String name, @CheckForNull String only, Object... passed) throws AbortException {
        int count = passed.length;
        Closure<?> body = count > 0 && passed[count - 1] instanceof Closure<?> last ? last : null;
        List<Object> rest = Arrays.asList(passed).subList(0, body == null ? count : count - 1);
        Map<String, Object> arguments = new LinkedHashMap<>();
        if (rest.size() == 1 && rest.get(0) instanceof Map<?, ?> named) {
            named.forEach((key, value) -> arguments.put(String.valueOf(key), value));
        } else if (rest.size() == 1 && only != null) {
            arguments.put(only, rest.get(0));
        } else if (!rest.isEmpty()) {
            throw new AbortException("Expected named arguments for the step '" + name + "' but got "
                    + rest.stream().map(String::valueOf).collect(Collectors.joining(", ")));
        }
        return new StepCall(name, arguments, body);
    }

    /** @throws AbortException for an argument that this step does not have here */
    StepCall having(String... parameters) throws AbortException {
        List<String> known = Arrays.asList(parameters);
        for (String argument : arguments.keySet()) {
            if (!known.contains(argument)) {
                throw new AbortException(name + ": there is no parameter '" + argument + "' without Jenkins"
                        + (known.isEmpty() ? "" : ", but " + String.join(", ", known)));
            }
        }
        return this;
    }

    /** @throws AbortException when it is not there */
    String text(String parameter) throws AbortException {
        Object value = arguments.get(parameter);
        if (value == null) {
            throw new AbortException(name + ": " + parameter + " is missing");
        }
        return value.toString();
    }

    String text(String parameter, String otherwise) throws AbortException {
        return arguments.get(parameter) == null ? otherwise : text(parameter);
    }

    /** @throws AbortException when it is no whole number */
    long number(String parameter) throws AbortException {
        String value = text(parameter);
        try {
            return Long.parseLong(value.strip());
        } catch (NumberFormatException e) {
            throw new AbortException(name + ": " + parameter + ": '" + value + "' is not a whole number");
        }
    }

    boolean flag(String parameter, boolean otherwise) throws AbortException {
        return Boolean.parseBoolean(text(parameter, String.valueOf(otherwise)));
    }

    List<?> list(String parameter) throws AbortException {
        Object value = arguments.getOrDefault(parameter, List.of());
        if (value instanceof List<?> list) {
            return list;
        }
        throw new AbortException(name + ": " + parameter + " is no list; write it as ['…', '…']");
    }

    /** Runs the body. @throws AbortException when there is none */
    Object inside() throws AbortException {
        if (body == null) {
            throw new AbortException(name + ": the step needs a body, as in " + name + " { … }");
        }
        return body.call();
    }
}

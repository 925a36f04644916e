package io.jenkins.plugins.slurmapptainer.pipeline;

import io.jenkins.plugins.slurmapptainer.execution.SlurmJobResult;
import io.jenkins.plugins.slurmapptainer.job.ArrayIndexes;
import io.jenkins.plugins.slurmapptainer.job.Directive;
import io.jenkins.plugins.slurmapptainer.job.EnvironmentRequest;
import io.jenkins.plugins.slurmapptainer.job.FilePattern;
import io.jenkins.plugins.slurmapptainer.job.InvalidRequestException;
import io.jenkins.plugins.slurmapptainer.job.LaunchOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * How the parameters with several parts read a list or map of a Jenkinsfile, and what separates the parts in a text.
 */
enum ListForm {
    FILES("files", "\n", "="),
    OUTPUTS("outputs", "\n", null),
    ENV("env", "\n", "="),
    BINDS(LaunchOption.BINDS.field(), "\n", ":"),
    OPTIONS("options", "\n", "="),
    PARTITION(Directive.PARTITION.field(), ",", null),
    RESERVATION(Directive.RESERVATION.field(), ",", null),
    GRES(Directive.GRES.field(), ",", ":"),
    GPUS(Directive.GPUS.field(), ",", ":"),
    ARRAY(Directive.ARRAY.field(), ",", null),
    DEPENDENCY(Directive.DEPENDENCY.field(), ",", ":"),
    INTERPRETER(LaunchOption.INTERPRETER.field(), " ", null),
    /** For parameters with one part only. */
    NONE("", null, null);

    private final String parameter;
    private final String separator;
    private final String pair;

    ListForm(String parameter, String separator, String pair) {
        this.parameter = parameter;
        this.separator = separator;
        this.pair = pair;
    }

    /** A parameter with its name for messages. */
    record Of(String name, ListForm form) {
        /**
         * Converts a list, map, array or text to a list.
         *
         * @throws InvalidRequestException for anything else
         */
        List<String> elements(Object written) {
            if (written instanceof CharSequence) {
                return form.split(written.toString());
            }
            if (!isSeveral(written)) {
                throw new InvalidRequestException(name, "'" + written + "' is no list; write it as ['…', '…']");
            }
            List<String> elements = form.read(name, written);
            if (form == BINDS && elements.stream().anyMatch(element -> element.matches("(?s).*[\n\r].*"))) {
                throw new InvalidRequestException(
                        name, "an element has a line break, which would make several mounts; write each as an element");
            }
            return elements;
        }

        /**
         * Converts a list, map or array to the text in which the parameter is saved.
         *
         * @throws InvalidRequestException when the parameter has one part only
         */
        String text(Object written) {
            if (form.separator == null) {
                throw new InvalidRequestException(
                        name, "it cannot be a " + (written instanceof Map ? "map" : "list") + "; write one text");
            }
            List<String> elements = form.read(name, written);
            if (form == ARRAY && elements.stream().allMatch(index -> index.matches("[0-9]{1,7}"))) {
                return ArrayIndexes.text(elements.stream().map(Integer::valueOf).toList());
            }
            boolean patterns = form == FILES || form == OUTPUTS;
            return elements.stream()
                    .map(element -> patterns ? FilePattern.escaped(element) : element)
                    .collect(Collectors.joining(form.separator));
        }
    }

    static Of of(String name) {
        return new Of(
                name,
                Arrays.stream(values())
                        .filter(form -> form.parameter.equals(name))
                        .findFirst()
                        .orElse(NONE));
    }

    /** Whether a value is a list or map, in any form that Groovy has. */
    static boolean isSeveral(Object written) {
        return written instanceof Collection || written instanceof Map || written instanceof Object[];
    }

    private List<String> split(String text) {
        if (this == ENV) {
            // In one text, commas may separate variables, like files. An option may itself contain a comma.
            return EnvironmentRequest.elements(text);
        }
        // Like --bind.
        String lines = this == BINDS ? text.replace(',', '\n') : text;
        return lines.lines().map(String::strip).filter(line -> !line.isEmpty()).toList();
    }

    private List<String> read(String name, Object written) {
        return written instanceof Map<?, ?> map ? pairs(name, map) : list(name, written);
    }

    private static List<String> list(String name, Object written) {
        Collection<?> all = written instanceof Object[] array ? Arrays.asList(array) : (Collection<?>) written;
        List<String> elements = new ArrayList<>();
        int place = 0;
        for (Object element : all) {
            place++;
            String text = value(name, "element " + place, element);
            if (!text.isBlank()) {
                elements.add(text);
            }
        }
        return elements;
    }

    private List<String> pairs(String name, Map<?, ?> map) {
        if (pair == null) {
            throw new InvalidRequestException(name, "it cannot be a map; write a list, as in ['…', '…']");
        }
        List<String> elements = new ArrayList<>();
        map.forEach((key, value) -> {
            String left = String.valueOf(key);
            if (this == DEPENDENCY) {
                elements.add(condition(left, value));
            } else if (this == OPTIONS) {
                elements.addAll(option(left, value));
            } else if (this == BINDS && (value == null || value.toString().isBlank())) {
                elements.add(left);
            } else {
                elements.add(left + pair + value(name, "'" + left + "'", value));
            }
        });
        return elements;
    }

    /** The text of one part. An error does not show the value, because it may be a secret. */
    private static String value(String name, String which, Object value) {
        if (value == null || isSeveral(value) || value instanceof SlurmJobResult) {
            String what =
                    value == null ? "null" : value instanceof Map ? "a map" : isSeveral(value) ? "a list" : "a job";
            throw new InvalidRequestException(name, which + " is " + what + ", where a text is expected");
        }
        return value.toString();
    }

    /** Writes {@code [nice: 100, requeue: true]} as options. A value of {@code false} leaves the option out. */
    private static List<String> option(String key, Object value) {
        String dashed = key.startsWith("-") ? key : "--" + key;
        if (value == null || Boolean.FALSE.equals(value)) {
            return List.of();
        }
        return List.of(
                Boolean.TRUE.equals(value) ? dashed : dashed + "=" + value(OPTIONS.parameter, "'" + key + "'", value));
    }

    /** Writes {@code [afterok: job]} as a condition. The value is a job, its id or a list of them. */
    private static String condition(String kind, Object value) {
        Collection<?> jobs = value instanceof Collection<?> several ? several : Collections.singletonList(value);
        return kind + ":" + jobs.stream().map(ListForm::id).collect(Collectors.joining(":"));
    }

    /** A job's id without its cluster: {@code --dependency} does not accept a cluster. */
    private static String id(Object job) {
        String id = job instanceof SlurmJobResult result ? result.getId() : Objects.toString(job);
        return id.split(";")[0];
    }
}

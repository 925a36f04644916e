package io.jenkins.plugins.slurmapptainer.execution;

import io.jenkins.plugins.slurmapptainer.job.Directive;
import io.jenkins.plugins.slurmapptainer.job.EnvironmentRequest;
import io.jenkins.plugins.slurmapptainer.job.InvalidRequestException;
import io.jenkins.plugins.slurmapptainer.job.LaunchOption;
import io.jenkins.plugins.slurmapptainer.job.SameResource;
import io.jenkins.plugins.slurmapptainer.slurm.HeadSetting;
import io.jenkins.plugins.slurmapptainer.slurm.ScriptHead;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * The options of a build, completed by the {@code #SBATCH} lines of its script. What the build itself sets wins. Does
 * not change once made.
 */
public final class ScriptHeadUse {
    private final String parameter;
    private final SlurmJobOptions options;
    private final List<HeadSetting> counted = new ArrayList<>();
    private final List<HeadSetting> replaced = new ArrayList<>();
    private final List<String> notices;

    private ScriptHeadUse(SlurmJobOptions written, ScriptHead head, String parameter) {
        this.parameter = parameter;
        this.notices = head.notices();
        this.options = written.rewritten(value -> value);
        head.settings().stream()
                .filter(setting -> !written.tasks().isRetry() || !ofFirstTry(setting))
                .forEach(setting -> (isDecided(setting, written) ? replaced : counted).add(setting));
        counted.forEach(this::set);
    }

    /**
     * Reads the head of the script.
     *
     * @param written the options, with the text of the script if that is known
     * @param parameter the parameter that the text comes from, {@code script} or {@code scriptFile}
     * @throws InvalidRequestException for a line that cannot be carried out; names its number and text
     */
    public static ScriptHeadUse of(SlurmJobOptions written, String parameter) {
        // The build's own values are strict; the script's lines are read as sbatch reads them.
        written.directives().forEach(Directive::checkWritten);
        try {
            return new ScriptHeadUse(written, ScriptHead.of(written.script()), parameter);
        } catch (InvalidRequestException e) {
            throw new InvalidRequestException(parameter, e.reason());
        }
    }

    /** Whether a setting counts only in the first try: a retry has other tasks, and starts now. */
    private static boolean ofFirstTry(HeadSetting setting) {
        return setting.parameter().equals(Directive.ARRAY.field())
                || setting.parameter().equals(Directive.BEGIN.field());
    }

    private static boolean isDecided(HeadSetting setting, SlurmJobOptions written) {
        switch (setting.parameter()) {
            case "env":
                return EnvironmentRequest.names(written.env()).contains(setting.name());
            case "workingDirectory":
                return written.get(LaunchOption.WORKING_DIRECTORY) != null;
            default:
                return SameResource.isDecided(setting.from().text(), asked(written));
        }
    }

    /** What the build itself requests from Slurm, as {@code sbatch} options. */
    private static List<String> asked(SlurmJobOptions written) {
        List<String> asked = new ArrayList<>(written.options());
        for (Map.Entry<Directive, String> value : written.directives().entrySet()) {
            asked.add("--" + value.getKey().option() + "=" + value.getValue());
        }
        return asked;
    }

    private void set(HeadSetting setting) {
        switch (setting.parameter()) {
            case "env":
                options.env(with(options.env(), setting.value()));
                break;
            case "options":
                options.options(with(options.options(), setting.value()));
                break;
            case "jobName":
                options.nameInScript(setting.value());
                break;
            default:
                NamedOptions.set(options, setting.parameter(), setting.value());
        }
    }

    private static List<String> with(List<String> list, String element) {
        list.add(element);
        return list;
    }

    /** The build's options, completed. */
    public SlurmJobOptions options() {
        return options;
    }

    /**
     * Lines for the console: which options came from the script, and which did not and why. Empty for a script without
     * any.
     */
    public List<String> told() {
        List<String> told = new ArrayList<>();
        if (!counted.isEmpty() || !replaced.isEmpty()) {
            told.add("From the script's #SBATCH lines: " + (counted.isEmpty() ? "nothing" : texts(counted))
                    + (replaced.isEmpty() ? "" : "; the step's parameters replace " + texts(replaced)));
        }
        told.addAll(notices);
        return told;
    }

    private static String texts(List<HeadSetting> settings) {
        int first = settings.stream().mapToInt(ScriptHeadUse::line).min().orElse(0);
        int last = settings.stream().mapToInt(ScriptHeadUse::line).max().orElse(0);
        return settings.stream().map(HeadSetting::text).collect(Collectors.joining(", "))
                + (first == last ? " (line " + first + ")" : " (lines " + first + "-" + last + ")");
    }

    private static int line(HeadSetting setting) {
        return setting.from().line().number();
    }

    /**
     * Runs the next step of planning.
     *
     * @throws InvalidRequestException as the step throws it; if the script's head is the cause, the message names the
     *     line
     */
    public <T> T check(Supplier<T> next) {
        try {
            return next.get();
        } catch (InvalidRequestException e) {
            for (HeadSetting setting : counted) {
                if (isAbout(e, setting)) {
                    throw setting.from().line().refusal(parameter, e.getMessage());
                }
            }
            throw e;
        }
    }

    private static boolean isAbout(InvalidRequestException e, HeadSetting setting) {
        if (!e.field().equals(setting.parameter())) {
            return false;
        }
        switch (setting.parameter()) {
            case "options":
                return (e.reason() + " ").matches("(?s).*--" + setting.name() + "[^a-z-].*");
            case "env":
                return e.reason().contains("'" + setting.name() + "'");
            default:
                return true;
        }
    }
}

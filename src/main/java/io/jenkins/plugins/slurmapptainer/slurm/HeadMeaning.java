package io.jenkins.plugins.slurmapptainer.slurm;

import io.jenkins.plugins.slurmapptainer.job.Directive;
import io.jenkins.plugins.slurmapptainer.job.ExtraOption;
import io.jenkins.plugins.slurmapptainer.job.InvalidRequestException;
import io.jenkins.plugins.slurmapptainer.job.JobName;
import io.jenkins.plugins.slurmapptainer.job.LaunchOption;
import io.jenkins.plugins.slurmapptainer.job.LaunchRequest;
import io.jenkins.plugins.slurmapptainer.job.Printable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * What the options of a script's head mean for the step: a parameter, nothing (because the step does it itself), or an
 * error.
 */
final class HeadMeaning {
    private static final String OUTPUT = "the job's output is shown here, and the step keeps its log";
    private static final String ITSELF = "the step itself says how it calls sbatch, and waits for the job";

    /** What the step does itself, so that the job can run without the option. */
    private static final Map<String, String> OWN = Map.ofEntries(
            Map.entry("output", OUTPUT),
            Map.entry("error", OUTPUT),
            Map.entry("open-mode", OUTPUT),
            Map.entry("parsable", ITSELF),
            Map.entry("quiet", ITSELF),
            Map.entry("verbose", ITSELF),
            Map.entry("wait", ITSELF),
            Map.entry("ignore-pbs", "lines for PBS and LSF never count"),
            Map.entry("comment", "the step keeps its mark of the job there"),
            Map.entry("get-user-env", "for the account's own settings begin the script with '#!/bin/bash -l'"));

    private static final String ACCOUNT = "a job runs as the user that the cluster's agent runs as";
    private static final String IMAGE = "name an image with the step's parameter image";
    private static final String PRINTS = "this option makes sbatch submit nothing";

    /**
     * Options that are refused, with the reason or the alternative. For all others, the error lists the allowed
     * options.
     */
    private static final Map<String, String> REFUSED = Map.ofEntries(
            Map.entry("uid", ACCOUNT),
            Map.entry("gid", ACCOUNT),
            Map.entry("wrap", "the step runs the script itself"),
            Map.entry("test-only", "write dryRun: true in the step for that"),
            Map.entry("hold", "a held job waits until somebody releases it, and the build would wait with it"),
            Map.entry("cluster", "name the cluster with the step's parameter cluster"),
            Map.entry("clusters", "name the cluster with the step's parameter cluster"),
            Map.entry("input", "standard input stays empty; have the script read the file"),
            Map.entry("export-file", "name the variables in the step's parameter env"),
            Map.entry("container", IMAGE),
            Map.entry("container-id", IMAGE),
            Map.entry("help", PRINTS),
            Map.entry("usage", PRINTS),
            Map.entry("version", PRINTS),
            Map.entry("autocomplete", PRINTS));

    private final List<HeadSetting> settings = new ArrayList<>();
    private final List<String> notices = new ArrayList<>();

    /**
     * @param options in the order of the script
     * @throws InvalidRequestException for the first option that the step cannot carry out, naming its line
     */
    static HeadMeaning of(List<HeadOption> options) {
        HeadMeaning meaning = new HeadMeaning();
        options.forEach(meaning::read);
        return meaning;
    }

    /** The parameters that the options set. If several options set the same one, the last counts. */
    List<HeadSetting> settings() {
        return List.copyOf(settings);
    }

    /** A line for each option without effect. */
    List<String> notices() {
        return List.copyOf(notices);
    }

    private void read(HeadOption option) {
        String own = OWN.get(option.name());
        String refused = REFUSED.get(option.name());
        if (refused != null) {
            throw option.line().refusal("--" + option.name() + " is not allowed here; " + refused);
        } else if (own != null) {
            ignored(option, "--" + option.name(), own);
        } else if (option.name().equals("export")) {
            export(option);
        } else if (option.name().equals("chdir")) {
            directory(option);
        } else {
            Arrays.stream(Directive.values())
                    .filter(known -> known.option().equals(option.name()))
                    .filter(known -> known != Directive.EXCLUSIVE || isPlain(option))
                    .findFirst()
                    .ifPresentOrElse(known -> directive(option, known), () -> further(option));
        }
    }

    /** Whether it has no value that makes it another option. */
    private static boolean isPlain(HeadOption option) {
        String value = option.value();
        return value == null || value.matches("(?i)exclusive|allocation");
    }

    private void directive(HeadOption option, Directive directive) {
        if (directive == Directive.JOB_NAME) {
            take(directive.field(), option, () -> JobName.checkInScript(option.value()));
        } else if (directive.isFlag()) {
            take(directive.field(), option, () -> "true");
        } else {
            take(directive.field(), option, () -> directive.check(HeadValues.of(directive, option.value())));
        }
    }

    private void further(HeadOption option) {
        String name = "--" + option.name();
        String value = option.value() == null && option.name().equals("nice") ? "100" : option.value();
        take(
                "options",
                option,
                () -> ExtraOption.check(value == null ? name : name + "=" + HeadValues.of(option.name(), value)));
    }

    /** Only absolute paths: the words {@code job} and {@code workspace} have another meaning for the step. */
    private void directory(HeadOption option) {
        take(LaunchOption.WORKING_DIRECTORY.field(), option, () -> {
            if (!option.value().startsWith("/")) {
                throw new InvalidRequestException(
                        LaunchOption.WORKING_DIRECTORY.field(),
                        "'" + Printable.of(option.value())
                                + "' is no absolute path; sbatch would take it relative to where it is called");
            }
            LaunchRequest.check(LaunchOption.WORKING_DIRECTORY, option.value());
            return option.value();
        });
    }

    /** Only variables with a value: a script must not choose which variables of the build it gets. */
    private void export(HeadOption option) {
        String value = option.value();
        for (String part : value == null ? List.<String>of() : ExportList.elements(value)) {
            if (part.indexOf('=') > 0) {
                take("env", option, () -> part);
            } else {
                ignored(
                        option,
                        "'" + Printable.of(part) + "' of --export",
                        "name variables of the build in the step's parameter env");
            }
        }
    }

    private void ignored(HeadOption option, String what, String why) {
        notices.add("The script's " + option.line().words() + ": " + what + " does not count; " + why);
    }

    private void take(String parameter, HeadOption option, Supplier<String> value) {
        HeadSetting setting;
        try {
            setting = new HeadSetting(parameter, value.get(), option);
        } catch (InvalidRequestException e) {
            throw option.line().refusal(e.reason() + hint(option));
        }
        settings.removeIf(earlier -> earlier.isReplacedBy(setting));
        settings.add(setting);
    }

    private static String hint(HeadOption option) {
        String value = option.value();
        if (value == null) {
            return "";
        }
        if (value.startsWith("=")) {
            return "; after a one-letter option, sbatch reads '=' as part of the value";
        }
        return value.contains("$") ? "; sbatch does not replace variables in #SBATCH lines" : "";
    }
}

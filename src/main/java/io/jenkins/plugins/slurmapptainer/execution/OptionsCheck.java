package io.jenkins.plugins.slurmapptainer.execution;

import io.jenkins.plugins.slurmapptainer.engine.JobPlan;
import io.jenkins.plugins.slurmapptainer.engine.WorkspaceUse;
import io.jenkins.plugins.slurmapptainer.headnode.OutputBounds;
import io.jenkins.plugins.slurmapptainer.image.ImageRecord;
import io.jenkins.plugins.slurmapptainer.job.ClusterRules;
import io.jenkins.plugins.slurmapptainer.job.ContainerImage;
import io.jenkins.plugins.slurmapptainer.job.Directive;
import io.jenkins.plugins.slurmapptainer.job.Directives;
import io.jenkins.plugins.slurmapptainer.job.EnvironmentRequest;
import io.jenkins.plugins.slurmapptainer.job.FilePattern;
import io.jenkins.plugins.slurmapptainer.job.InvalidRequestException;
import io.jenkins.plugins.slurmapptainer.job.Launch;
import io.jenkins.plugins.slurmapptainer.job.LaunchRequest;
import io.jenkins.plugins.slurmapptainer.job.OutputEncoding;
import io.jenkins.plugins.slurmapptainer.job.SlurmDuration;
import io.jenkins.plugins.slurmapptainer.job.VariableNames;
import io.jenkins.plugins.slurmapptainer.script.ContainerProgram;
import io.jenkins.plugins.slurmapptainer.script.ScriptText;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Turns the options of a build into a plan that the engine can carry out. Safe for several threads. */
public final class OptionsCheck {
    private OptionsCheck() {}

    /**
     * Checks everything that can be checked without the head node.
     *
     * @param options the build's options
     * @param sharedDirectory of the cluster
     * @param program the program that runs images on the compute nodes
     * @param rules the cluster's rules, such as defaults and limits
     * @param images finds an image by its id, or throws
     * @param workspace gives the workspace's path on the head node, or throws; asked only if the job uses files there
     * @param jobName the name for a job without one
     * @param environment the variables of the build
     * @throws InvalidRequestException naming the first parameter that is wrong
     */
    public static JobPlan plan(
            SlurmJobOptions options,
            String sharedDirectory,
            ContainerProgram program,
            ClusterRules rules,
            Function<String, ImageRecord> images,
            Supplier<String> workspace,
            String jobName,
            Map<String, String> environment) {
        if (options.returnStatus() && !options.propagate()) {
            throw new InvalidRequestException(
                    "propagate",
                    "with returnStatus the step returns only the exit code; leave out returnStatus or propagate");
        }
        OutputEncoding.parse(options.encoding());
        LaunchRequest request = LaunchRequest.of(options.run());
        Launch launch = options.isAllocation()
                ? AllocationCheck.launch(options, request)
                : options.tasks().check(options.get(Directive.ARRAY), request.launch(options.image() != null));
        checkReturned(options, launch);
        ScriptText text = options.isAllocation()
                ? ScriptText.ofAllocation()
                : ScriptText.of(options.script()).runBy(request.interpreter()).returning(options.returnStdout());
        Optional<ImageRecord> found = Optional.ofNullable(options.image()).map(images);
        Optional<ContainerImage> container = found.map(ImageRecord::inContainer);
        Map<Directive, String> complete = options.directives();
        complete.putIfAbsent(Directive.JOB_NAME, jobName);
        if (container.isEmpty() || !launch.isInImage()) {
            rules.containers().checkOnHost(rules.cluster(), container.isPresent());
        }
        if (container.isEmpty()) {
            request.onHost();
        }
        String outputs = options.outputs();
        String files = options.files();
        boolean taskFiles = options.tasks().asFiles();
        if (options.archive() && outputs == null && !taskFiles) {
            throw new InvalidRequestException("archive", "there is nothing to archive; name files with outputs:");
        }
        List<FilePattern> results =
                outputs == null ? List.of() : options.tasks().ofThisTry(FilePattern.parseOutputs(outputs));
        List<FilePattern> patterns = (files == null ? List.<FilePattern>of() : FilePattern.parse(files))
                .stream()
                        .map(pattern -> options.allowEmptyFiles() ? pattern.asOptional() : pattern)
                        .collect(Collectors.toList());
        List<String> fileNames = patterns.stream()
                .flatMap(pattern -> VariableNames.shortName(pattern.name()).stream())
                .collect(Collectors.toList());
        Directives directives = named(rules.apply(complete, options.options()), options);
        if (options.isAllocation()) {
            AllocationCheck.check(directives);
        }
        boolean noWorkspace = patterns.isEmpty() && results.isEmpty() && !taskFiles && !request.isInWorkspace();
        return new JobPlan(
                sharedDirectory,
                new WorkspaceUse(
                        noWorkspace ? "" : workspace.get(),
                        patterns,
                        options.checksums(),
                        results,
                        results.isEmpty() ? List.of() : request.outputRoots(container, rules.bindRoots()),
                        OutputBounds.of(rules.cluster(), rules.outputs(), options.archive()),
                        taskFiles,
                        false),
                directives,
                EnvironmentRequest.of(options.env()).resolve(environment, fileNames),
                found.map(ImageRecord::id).orElse(""),
                container.map(known -> rules.containers().apply(request.inImage(known, rules.bindRoots()))),
                program,
                text,
                options.maxPending() == null ? Duration.ZERO : SlurmDuration.parse("maxPending", options.maxPending()),
                options.dryRun(),
                request.workingDirectory(container),
                rules.home(request.home(), container.isPresent()),
                launch);
    }

    private static void checkReturned(SlurmJobOptions options, Launch launch) {
        if (!options.returnStdout()) {
            return;
        }
        if (options.returnStatus() || !options.propagate()) {
            throw new InvalidRequestException(
                    "returnStdout",
                    "the step can return only one thing; leave out "
                            + (options.returnStatus() ? "returnStatus" : "propagate"));
        }
        if (launch.output() != Launch.Output.MIXED) {
            throw new InvalidRequestException(
                    "returnStdout",
                    "with taskOutput '" + options.tasks().output()
                            + "' the output of the tasks goes elsewhere; leave one of them out");
        }
        if (options.get(Directive.ARRAY) != null) {
            throw new InvalidRequestException(
                    "returnStdout",
                    "an array cannot return text, because its tasks print at the same time; let them write files, and"
                            + " name these in outputs:");
        }
    }

    private static Directives named(Directives directives, SlurmJobOptions options) {
        String inScript = options.get(Directive.JOB_NAME) == null ? options.nameInScript() : null;
        return inScript == null ? directives : directives.named(inScript);
    }
}

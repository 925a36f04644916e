package io.jenkins.plugins.slurmapptainer.execution;

import io.jenkins.plugins.slurmapptainer.job.Directive;
import io.jenkins.plugins.slurmapptainer.job.Directives;
import io.jenkins.plugins.slurmapptainer.job.InvalidRequestException;
import io.jenkins.plugins.slurmapptainer.job.Launch;
import io.jenkins.plugins.slurmapptainer.job.LaunchRequest;

/** What a job cannot do while it holds an allocation for a block of steps. Mostly templates ask for it. */
final class AllocationCheck {
    private AllocationCheck() {}

    /** @throws InvalidRequestException naming what the options may not have */
    static Launch launch(SlurmJobOptions options, LaunchRequest request) {
        if (options.get(Directive.ARRAY) != null) {
            throw new InvalidRequestException(
                    Directive.ARRAY.field(), "a block of steps has one job; leave it out, or use slurmApptainer");
        }
        if (!request.isInWorkspace()) {
            throw new InvalidRequestException(
                    "workingDirectory", "a block of steps works in its workspace; leave it out, or use slurmApptainer");
        }
        request.launch(options.image() != null);
        return Launch.ALLOCATION;
    }

    /** @throws InvalidRequestException for a job that Slurm may start again, without the commands that ran in it */
    static void check(Directives directives) {
        if (directives.mayRequeue()) {
            throw new InvalidRequestException(
                    "options", "a block of steps cannot be requeued; leave out --requeue, and put retry around it");
        }
    }
}

package io.jenkins.plugins.slurmapptainer.pipeline;

import hudson.FilePath;
import hudson.model.Run;
import hudson.model.TaskListener;
import io.jenkins.plugins.slurmapptainer.engine.JobRecord;
import io.jenkins.plugins.slurmapptainer.execution.Artifacts;
import io.jenkins.plugins.slurmapptainer.execution.BuildJob;
import io.jenkins.plugins.slurmapptainer.execution.SlurmEngine;
import io.jenkins.plugins.slurmapptainer.execution.SlurmJobException;
import io.jenkins.plugins.slurmapptainer.execution.SlurmJobOptions;
import io.jenkins.plugins.slurmapptainer.execution.SlurmJobResult;
import io.jenkins.plugins.slurmapptainer.job.Outcome;
import java.io.IOException;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jenkinsci.plugins.workflow.steps.StepContext;

/** One run of the step {@code slurmApptainer}. */
final class SlurmApptainerStepExecution extends SlurmStepExecution {
    private static final long serialVersionUID = 1L;
    private static final Logger LOGGER = Logger.getLogger(SlurmApptainerStepExecution.class.getName());

    SlurmApptainerStepExecution(StepContext context, SlurmJobOptions options) {
        super(context, options);
    }

    @Override
    public void collected(List<String> files) throws IOException, InterruptedException {
        if (options().archive()) {
            FilePath workspace = getContext().get(FilePath.class);
            if (workspace == null) {
                throw new IOException("there is no workspace any more from which the outputs could be archived");
            }
            Artifacts.archive(
                    getContext().get(Run.class), workspace, getContext().get(TaskListener.class), files);
        }
    }

    @Override
    public void ended(JobRecord record, Outcome outcome) {
        if (record.isCancelling() || isStopped()) {
            fail(stopCause());
            return;
        }
        try {
            if (tries().again(record, options(), console()::say)) {
                SlurmEngine.get().execute(this::begin);
                return;
            }
            List<JobRecord> all = tries().records(getContext().get(Run.class));
            if (record.description().isOutputReturned() && outcome.isSuccess()) {
                succeed(BuildJob.returned(getContext().get(Run.class), record.token(), options()));
                return;
            }
            SlurmJobResult.of(all, options()).ifPresentOrElse(this::succeed, () -> fail(SlurmJobException.ended(all)));
        } catch (IOException | RuntimeException | Error e) {
            fail(e);
        } catch (InterruptedException e) {
            LOGGER.log(Level.FINE, "shutting down; the end is told after the restart");
        }
    }
}

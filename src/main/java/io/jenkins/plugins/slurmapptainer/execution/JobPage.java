package io.jenkins.plugins.slurmapptainer.execution;

import hudson.model.Api;
import hudson.model.ModelObject;
import hudson.model.Run;
import io.jenkins.plugins.slurmapptainer.catalog.ImageCatalog;
import io.jenkins.plugins.slurmapptainer.engine.ArrayCount;
import io.jenkins.plugins.slurmapptainer.engine.JobRecord;
import io.jenkins.plugins.slurmapptainer.engine.OutcomeText;
import io.jenkins.plugins.slurmapptainer.job.ByteText;
import io.jenkins.plugins.slurmapptainer.job.Outcome;
import java.util.Comparator;
import java.util.Date;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** One job of a build as people see it. The exported names are an interface: they never change. */
@ExportedBean(defaultVisibility = 2)
@Restricted(NoExternalUse.class)
public final class JobPage extends JobProgressPage implements ModelObject {
    private static final int FIRST_TASKS = 20;
    private static final int MAX_TASKS = 200;

    private final JobRecord job;
    private final Run<?, ?> run;

    /** @param run the build to which the job belongs */
    public JobPage(JobRecord job, Run<?, ?> run) {
        super(job);
        this.job = job;
        this.run = run;
    }

    @Override
    public String getDisplayName() {
        return job.jobId().isEmpty() ? Messages.JobPage_NotSubmitted() : Messages.JobPage_DisplayName(job.jobId());
    }

    public Api getApi() {
        return new Api(this);
    }

    /** The build, under the name by which Jenkins' layout asks for it. */
    public Run<?, ?> getObject() {
        return run;
    }

    /** Names the job among those of its build. */
    @Exported
    public String getToken() {
        return job.token();
    }

    @Exported
    public String getCluster() {
        return job.cluster();
    }

    /** Name of the Unix user as whom it runs, empty if that is not known. */
    @Exported
    public String getUser() {
        return job.user();
    }

    /** Whether the job has not ended. */
    @Exported
    public boolean isActive() {
        return job.outcome() == null;
    }

    /** In one word: Slurm's for a job that has not ended, else {@code completed} or what went wrong. */
    @Exported
    public String getState() {
        Outcome outcome = job.outcome();
        String word = outcome != null
                ? outcome.isSuccess() ? "completed" : outcome.kind().name().replace('_', ' ')
                : job.state().isEmpty() ? job.phase().name() : job.state();
        return word.toLowerCase(Locale.ROOT);
    }

    /** Jenkins' symbol for the state. */
    public String getSymbol() {
        Outcome outcome = job.outcome();
        if (outcome == null) {
            return job.started() == 0 ? "symbol-status-nobuilt-anime" : "symbol-status-blue-anime";
        }
        return outcome.isSuccess() ? "symbol-status-blue" : symbol(outcome);
    }

    /** Why it waits, in Slurm's words; empty if it does not. */
    @Exported
    public String getReason() {
        return isActive() && !"None".equals(job.reason()) ? job.reason() : "";
    }

    /** State and reason. */
    public String getStateText() {
        return getReason().isEmpty() ? getState() : getState() + " (" + getReason() + ")";
    }

    /** When Slurm expects to start it, empty if it does not say. */
    @Exported
    public String getExpectedStart() {
        return isActive() ? job.expectedStart().replace('T', ' ') : "";
    }

    /** How it ended, in one sentence; empty before. */
    @Exported
    public String getOutcome() {
        return isActive() ? "" : OutcomeText.of(job);
    }

    /** Milliseconds since 1970, like all times; 0 when it has not happened. */
    @Exported
    public long getCreated() {
        return job.created();
    }

    @Exported
    public long getSubmitted() {
        return job.submitted();
    }

    /** A time for a page. */
    public Date date(long time) {
        return new Date(time);
    }

    /** How long it was in the queue, up to now if it still is; empty for one that never was. */
    public String getWaited() {
        return between(job.submitted(), job.started() == 0 ? job.ended() : job.started());
    }

    /** The tasks of a job array, by their indexes; empty for any other job. */
    @Exported(inline = true)
    public List<TaskPage> getTasks() {
        return job.tasks().stream().map(task -> new TaskPage(task, !isActive())).toList();
    }

    /** Those to be seen at once, the ones that failed first. */
    public List<TaskPage> getFirstTasks() {
        return sortedTasks().limit(FIRST_TASKS).toList();
    }

    /** Those that come next, as far as there is room on a page. */
    public List<TaskPage> getFoldedTasks() {
        return sortedTasks().limit(MAX_TASKS).skip(FIRST_TASKS).toList();
    }

    private Stream<TaskPage> sortedTasks() {
        return getTasks().stream()
                .sorted(Comparator.comparingInt(TaskPage::rank).thenComparingInt(TaskPage::getIndex));
    }

    /** How many have none. */
    public int getHiddenTasks() {
        return Math.max(0, job.tasks().size() - MAX_TASKS);
    }

    /** How many tasks are where, as one phrase; empty for a job without tasks. */
    public String getTaskSummary() {
        return job.tasks().isEmpty() ? "" : ArrayCount.of(job).toString();
    }

    /** What was asked of Slurm, as {@code sbatch} options. */
    @Exported
    public String getAsked() {
        return job.description().asked();
    }

    public String getAskedMemory() {
        return job.description().askedMemory();
    }

    public String getAskedTime() {
        return job.description().askedTime();
    }

    /** Bytes, 0 if that is not known. */
    @Exported
    public long getPeakMemory() {
        return job.peakMemory();
    }

    /** As people read it, empty if it is not known. */
    public String getPeakMemoryText() {
        return job.peakMemory() == 0 ? "" : ByteText.inUnitsOfOptions(job.peakMemory());
    }

    /** The catalog's id of the image, empty for none. */
    @Exported
    public String getImage() {
        return job.description().imageId();
    }

    @Exported
    public String getImagePath() {
        return job.description().imagePath();
    }

    /** Reference to the registry that the image was pulled from, empty for none. */
    @Exported
    public String getImageSource() {
        return job.description().imageSource();
    }

    /** Bytes, 0 if that is not known. */
    @Exported
    public long getImageSize() {
        return job.description().imageSize();
    }

    /** Milliseconds since 1970, 0 if that is not known. */
    @Exported
    public long getImageModified() {
        return job.description().imageModified();
    }

    /** As people read it, empty if it is not known. */
    public String getImageSizeText() {
        return job.description().imageSize() == 0 ? "" : ByteText.of(job.description().imageSize());
    }

    /** Empty unless it was computed for this job. */
    @Exported
    public String getImageSha256() {
        return job.description().imageSha256();
    }

    /** Whether the catalog has a page about the image, for everybody who may view the catalog. */
    public boolean isInCatalog() {
        String name = job.description().imageSource().isEmpty() ? job.description().imagePath() : job.description().imageSource();
        return ImageCatalog.get()
                .list()
                .byId(job.description().imageId())
                .filter(image -> image.path().equals(name))
                .isPresent();
    }

    /** Where its files are, or were, on the shared file system. */
    @Exported
    public String getDirectory() {
        return job.directory().path();
    }
}

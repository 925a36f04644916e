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

/** One job of a build as pages and REST show it. The exported names are an interface: they never change. */
@ExportedBean(defaultVisibility = 2)
@Restricted(NoExternalUse.class)
public final class JobPage extends JobProgressPage implements ModelObject {
    private static final int FIRST_TASKS = 20;
    private static final int MAX_TASKS = 200;

    private final JobRecord job;
    private final Run<?, ?> run;

    /** @param run the build of the job */
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

    /** The build. Jenkins' layout asks for it by this name. */
    public Run<?, ?> getObject() {
        return run;
    }

    /** The random name of the job within its build. */
    @Exported
    public String getToken() {
        return job.token();
    }

    @Exported
    public String getCluster() {
        return job.cluster();
    }

    /** Name of the Unix user that the job runs as, empty if that is not known. */
    @Exported
    public String getUser() {
        return job.user();
    }

    /** Whether the job has not ended. */
    @Exported
    public boolean isActive() {
        return job.outcome() == null;
    }

    /** The state in one word: Slurm's word until the job has ended, then {@code completed} or what went wrong. */
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

    /** Why the job waits, in Slurm's words; empty if it does not wait. */
    @Exported
    public String getReason() {
        return isActive() && !"None".equals(job.reason()) ? job.reason() : "";
    }

    /** State and reason. */
    public String getStateText() {
        return getReason().isEmpty() ? getState() : getState() + " (" + getReason() + ")";
    }

    /** When Slurm expects the job to start, empty if Slurm does not say. */
    @Exported
    public String getExpectedStart() {
        return isActive() ? job.expectedStart().replace('T', ' ') : "";
    }

    /** How the job ended, in one sentence; empty until then. */
    @Exported
    public String getOutcome() {
        return isActive() ? "" : OutcomeText.of(job);
    }

    /** When the job was created. Like all times, in milliseconds since 1970, or 0 if it has not happened. */
    @Exported
    public long getCreated() {
        return job.created();
    }

    @Exported
    public long getSubmitted() {
        return job.submitted();
    }

    /** Converts a time for a page. */
    public Date date(long time) {
        return new Date(time);
    }

    /** How long the job was in the queue, up to now if it still is; empty if it never was. */
    public String getWaited() {
        return between(job.submitted(), job.started() == 0 ? job.ended() : job.started());
    }

    /** The picture of the job's time. */
    public JobTimeline getTimeline() {
        return new JobTimeline(job, getUse().limit(), System.currentTimeMillis());
    }

    public JobUse getUse() {
        return new JobUse(job, System.currentTimeMillis());
    }

    /** The tasks of a job array, by their indexes; empty for any other job. */
    @Exported(inline = true)
    public List<TaskPage> getTasks() {
        return job.tasks().stream().map(task -> new TaskPage(task, !isActive())).toList();
    }

    /** The tasks that the page shows at once; failed ones first. */
    public List<TaskPage> getFirstTasks() {
        return sortedTasks().limit(FIRST_TASKS).toList();
    }

    /** The tasks that the page shows folded, up to its limit. */
    public List<TaskPage> getFoldedTasks() {
        return sortedTasks().limit(MAX_TASKS).skip(FIRST_TASKS).toList();
    }

    private Stream<TaskPage> sortedTasks() {
        return getTasks().stream()
                .sorted(Comparator.comparingInt(TaskPage::rank).thenComparingInt(TaskPage::getIndex));
    }

    /** How many tasks the page does not show. */
    public int getHiddenTasks() {
        return Math.max(0, job.tasks().size() - MAX_TASKS);
    }

    /** How many tasks are in which state, as one phrase; empty for a job without tasks. */
    public String getTaskSummary() {
        return job.tasks().isEmpty() ? "" : ArrayCount.of(job).toString();
    }

    /** The options that the job was submitted with, as {@code sbatch} options. */
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

    /** Peak memory in bytes, 0 if it is not known. */
    @Exported
    public long getPeakMemory() {
        return job.peakMemory();
    }

    /** Peak memory as text with a unit, empty if it is not known. */
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

    /** Reference of the image in the registry that it was pulled from, empty for none. */
    @Exported
    public String getImageSource() {
        return job.description().imageSource();
    }

    /** Size of the image in bytes, 0 if it is not known. */
    @Exported
    public long getImageSize() {
        return job.description().imageSize();
    }

    /** When the image was changed, in milliseconds since 1970; 0 if it is not known. */
    @Exported
    public long getImageModified() {
        return job.description().imageModified();
    }

    /** Size of the image as text with a unit, empty if it is not known. */
    public String getImageSizeText() {
        return job.description().imageSize() == 0
                ? ""
                : ByteText.of(job.description().imageSize());
    }

    /** SHA-256 of the image; empty if it was not computed for this job. */
    @Exported
    public String getImageSha256() {
        return job.description().imageSha256();
    }

    /** Whether everybody who may view the catalog finds a page about the image there. */
    public boolean isInCatalog() {
        String name = job.description().imageSource().isEmpty()
                ? job.description().imagePath()
                : job.description().imageSource();
        return ImageCatalog.get()
                .list()
                .byId(job.description().imageId())
                .filter(image -> image.path().equals(name))
                .isPresent();
    }

    /** The directory of the job's files on the shared file system. It may have been removed. */
    @Exported
    public String getDirectory() {
        return job.directory().path();
    }
}

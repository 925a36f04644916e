package io.jenkins.plugins.slurmapptainer.execution;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.model.Api;
import hudson.model.Run;
import io.jenkins.plugins.slurmapptainer.engine.JobRecord;
import io.jenkins.plugins.slurmapptainer.job.InvalidRequestException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import jenkins.model.RunAction2;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/**
 * The Slurm jobs of a build, saved in its {@code build.xml}. It repeats what a step knows, because not every durability
 * mode saves a step's own state. It is also the build's page about its jobs, for everybody who may see the build. Safe
 * for several threads.
 */
@ExportedBean
public final class SlurmJobsAction implements RunAction2 {
    static final String URL = "slurm-jobs";

    /** Replaced, never changed: another branch may be saving the build at any time, and saving takes no lock. */
    private volatile List<JobRecord> jobs = new ArrayList<>();

    private transient Run<?, ?> run;

    /** The action of a build, added if it has none yet. */
    static SlurmJobsAction of(Run<?, ?> run) {
        synchronized (run) {
            SlurmJobsAction action = run.getAction(SlurmJobsAction.class);
            if (action == null) {
                action = new SlurmJobsAction();
                run.addAction(action);
            }
            return action;
        }
    }

    @Override
    public void onAttached(Run<?, ?> r) {
        run = r;
    }

    @Override
    public void onLoad(Run<?, ?> r) {
        run = r;
    }

    /** All jobs, in the order in which they began. */
    public List<JobRecord> getJobs() {
        return Collections.unmodifiableList(jobs);
    }

    @CheckForNull
    JobRecord find(String token) {
        return jobs.stream()
                .filter(job -> job.token().equals(token))
                .findFirst()
                .orElse(null);
    }

    /**
     * Adds a job and saves the build before anything else happens.
     *
     * @param most the largest number of jobs of one build on this cluster, because a loop in a Pipeline may never end
     * @throws InvalidRequestException when the build already has that many
     */
    void add(JobRecord job, Run<?, ?> build, int most) throws IOException {
        synchronized (this) {
            if (jobs.stream()
                            .filter(other -> other.cluster().equals(job.cluster()))
                            .count()
                    >= most) {
                throw new InvalidRequestException(
                        "cluster",
                        "the build has reached the limit of " + most + " jobs on cluster " + job.cluster()
                                + "; use one job array for many tasks, or have an administrator"
                                + " raise the limit \"Jobs of a build\" in Manage Jenkins, System");
            }
            List<JobRecord> more = new ArrayList<>(jobs);
            more.add(job);
            jobs = more;
        }
        build.save();
    }

    @Override
    public String getIconFileName() {
        return "symbol-server";
    }

    @Override
    public String getDisplayName() {
        return Messages.SlurmJobsAction_DisplayName();
    }

    @Override
    public String getUrlName() {
        return URL;
    }

    public Api getApi() {
        return new Api(this);
    }

    /** The build. Jenkins' layout asks for it by this name. */
    @Restricted(NoExternalUse.class)
    public Run<?, ?> getObject() {
        return run;
    }

    /** The jobs in the form that pages and {@code api/json} show. */
    @Exported(name = "jobs", inline = true)
    @Restricted(NoExternalUse.class)
    public List<JobPage> getPages() {
        return getJobs().stream().map(job -> new JobPage(job, run)).collect(Collectors.toList());
    }

    /** The page of the job with the given token, {@code null} if there is none. */
    @CheckForNull
    @Restricted(NoExternalUse.class)
    public JobPage getJob(String token) {
        JobRecord found = find(token);
        return found == null ? null : new JobPage(found, run);
    }

    /** For the build's own page. */
    @Restricted(NoExternalUse.class)
    public JobSummaries getSummaries() {
        return new JobSummaries(getPages());
    }

    /** Whether a job has not ended, or another may follow. */
    @Restricted(NoExternalUse.class)
    public boolean isActive() {
        return run.isBuilding() || getPages().stream().anyMatch(JobPage::isActive);
    }
}

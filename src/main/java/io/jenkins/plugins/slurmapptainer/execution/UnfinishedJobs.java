package io.jenkins.plugins.slurmapptainer.execution;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Extension;
import hudson.ExtensionList;
import hudson.XmlFile;
import hudson.model.Run;
import io.jenkins.plugins.slurmapptainer.engine.JobLifecycle;
import io.jenkins.plugins.slurmapptainer.engine.JobRecord;
import io.jenkins.plugins.slurmapptainer.job.JobState;
import io.jenkins.plugins.slurmapptainer.job.JobToken;
import java.io.File;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import jenkins.model.Jenkins;

/**
 * All jobs of this controller that have not ended, or whose end Slurm has not confirmed yet. Each has a small file in
 * {@code JENKINS_HOME/slurm-apptainer/unfinished}. So a job is not forgotten when its build is deleted or ends before
 * the job. Safe for several threads.
 */
@Extension
public final class UnfinishedJobs {
    private static final Logger LOGGER = Logger.getLogger(UnfinishedJobs.class.getName());
    private static final String SUFFIX = ".xml";

    private final Map<String, JobLifecycle> followed = new ConcurrentHashMap<>();

    public static UnfinishedJobs get() {
        return ExtensionList.lookupSingleton(UnfinishedJobs.class);
    }

    /** Saves the job as it is now. After the return, not even a crash loses it. */
    void keep(JobRecord record, Run<?, ?> run) throws IOException {
        keep(record, run.getExternalizableId());
    }

    /** @param build the build's externalizable id; the build may no longer exist */
    void keep(JobRecord record, String build) throws IOException {
        file(record.token()).write(new UnfinishedJob(build, record));
    }

    /** Remembers that somebody in this process carries the job to its end. */
    void follow(JobLifecycle job) {
        followed.put(job.record().token(), job);
    }

    /**
     * Called when the end of the job has been reported. The job stays here, as {@link JobLifecycle} saved it last,
     * until Slurm has ended it too: a job's own report may come before Slurm's.
     */
    void ended(JobRecord record) {
        if (record.jobId().isEmpty() || JobState.parse(record.state()).isEnded()) {
            forget(record);
        } else {
            followed.remove(record.token());
        }
    }

    /** Called when Slurm has also ended the job, or no longer knows it. */
    void confirmed(JobRecord record) {
        if (followed(record) == null) {
            forget(record);
        }
    }

    /** Removes a job that needs nothing more, or that was never created. */
    void forget(JobRecord record) {
        followed.remove(record.token());
        try {
            file(record.token()).delete();
        } catch (IOException e) {
            // The file is removed later, because the record says that the job has ended.
            LOGGER.log(Level.WARNING, e, () -> "cannot forget job " + record.jobId());
        }
    }

    /** Whether the job has not ended, or Slurm has not confirmed its end. */
    public boolean knows(JobToken token) {
        return followed.containsKey(token.value()) || file(token.value()).exists();
    }

    /** The object that {@link #follow} was given for the job. */
    @CheckForNull
    JobLifecycle followed(JobRecord record) {
        return followed.get(record.token());
    }

    /** All jobs that have not ended, in the state that was last saved. */
    List<UnfinishedJob> all() {
        return stored(false).collect(Collectors.toList());
    }

    /** The jobs of a cluster that have ended but whose end Slurm has not confirmed. */
    List<JobRecord> ended(String cluster) {
        return stored(true)
                .map(UnfinishedJob::record)
                .filter(job -> job.cluster().equals(cluster))
                .collect(Collectors.toList());
    }

    private static Stream<UnfinishedJob> stored(boolean ended) {
        return written().stream()
                .flatMap(token -> read(file(token.value())).stream())
                .filter(job -> (job.record().phase() == JobRecord.Phase.ENDED) == ended);
    }

    /** All jobs that have not ended, also those whose file cannot be read. */
    ArrayList<JobToken> tokens() {
        Set<String> ended = stored(true).map(job -> job.record().token()).collect(Collectors.toSet());
        ArrayList<JobToken> tokens = written().stream()
                .filter(token -> !ended.contains(token.value()))
                .collect(Collectors.toCollection(ArrayList::new));
        followed.keySet().forEach(token -> JobToken.parse(token).ifPresent(tokens::add));
        return tokens;
    }

    private static List<JobToken> written() {
        List<JobToken> tokens = new ArrayList<>();
        String[] names = directory().list();
        for (String name : names == null ? new String[0] : names) {
            if (name.endsWith(SUFFIX)) {
                JobToken.parse(name.substring(0, name.length() - SUFFIX.length()))
                        .ifPresent(tokens::add);
            }
        }
        return tokens;
    }

    private static Optional<UnfinishedJob> read(XmlFile file) {
        try {
            return file.exists() ? Optional.of((UnfinishedJob) file.read()) : Optional.empty();
        } catch (IOException | ClassCastException e) {
            LOGGER.log(Level.WARNING, e, () -> "cannot read " + file + "; its job may be left in the queue");
            return Optional.empty();
        }
    }

    private static File directory() {
        return new File(Jenkins.get().getRootDir(), "slurm-apptainer/unfinished");
    }

    private static XmlFile file(String token) {
        return new XmlFile(new File(directory(), token + SUFFIX));
    }
}

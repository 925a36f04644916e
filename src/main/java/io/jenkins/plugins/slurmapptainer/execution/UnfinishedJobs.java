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
 * All jobs of this controller that have not ended, or whose end Slurm has not confirmed yet, in
 * {@code JENKINS_HOME/slurm-apptainer/unfinished}, one small file each: a job is not forgotten when its build is deleted, or ends
 * before the job does. Safe for several threads.
 */
@Extension
public final class UnfinishedJobs {
    private static final Logger LOGGER = Logger.getLogger(UnfinishedJobs.class.getName());
    private static final String SUFFIX = ".xml";

    private final Map<String, JobLifecycle> followed = new ConcurrentHashMap<>();

    public static UnfinishedJobs get() {
        return ExtensionList.lookupSingleton(UnfinishedJobs.class);
    }

    /** Remembers the job as it is now; returns when a crash no longer makes it forgotten. */
    void keep(JobRecord record, Run<?, ?> run) throws IOException {
        keep(record, run.getExternalizableId());
    }

    /** @param build the build's externalizable id; the build may be no more */
    void keep(JobRecord record, String build) throws IOException {
        file(record.token()).write(new UnfinishedJob(build, record));
    }

    /** Somebody in this process carries the job to its end. */
    void follow(JobLifecycle job) {
        followed.put(job.record().token(), job);
    }

    /**
     * The end of the job has been told. It is kept as {@link JobLifecycle} saved it last, with its outcome, until Slurm has ended it,
     * too: of a job that tells its end itself Slurm may never learn.
     */
    void ended(JobRecord record) {
        if (record.jobId().isEmpty() || JobState.parse(record.state()).isEnded()) {
            forget(record);
        } else {
            followed.remove(record.token());
        }
    }

    /** Slurm, too, has ended the job, or no longer knows it. */
    void confirmed(JobRecord record) {
        if (followed(record) == null) {
            forget(record);
        }
    }

    /** There is nothing left to do about the job, or it never came into being. */
    void forget(JobRecord record) {
        followed.remove(record.token());
        try {
            file(record.token()).delete();
        } catch (IOException e) {
            // It is forgotten later: the record says that it has ended.
            LOGGER.log(Level.WARNING, e, () -> "cannot forget job " + record.jobId());
        }
    }

    /** Whether the job has not ended, or may not have for all that Slurm has said. */
    public boolean knows(JobToken token) {
        return followed.containsKey(token.value()) || file(token.value()).exists();
    }

    /** What {@link #follow} was told of the job. */
    @CheckForNull
    JobLifecycle followed(JobRecord record) {
        return followed.get(record.token());
    }

    /** All that have not ended, as they were last written. */
    List<UnfinishedJob> all() {
        return stored(false).collect(Collectors.toList());
    }

    /** Those of a cluster that have ended, and Slurm's word on that is still to come. */
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

    /** All that have not ended, also those whose file cannot be read. */
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

package io.jenkins.plugins.slurmapptainer.config;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.BulkChange;
import hudson.Extension;
import hudson.ExtensionList;
import hudson.Util;
import hudson.model.PersistentDescriptor;
import hudson.util.FormValidation;
import io.jenkins.plugins.slurmapptainer.engine.EngineSettings;
import io.jenkins.plugins.slurmapptainer.job.Home;
import io.jenkins.plugins.slurmapptainer.job.InvalidRequestException;
import io.jenkins.plugins.slurmapptainer.job.Printable;
import io.jenkins.plugins.slurmapptainer.template.Templates;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import jenkins.model.GlobalConfiguration;
import jenkins.model.Jenkins;
import net.sf.json.JSONObject;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.verb.POST;

/**
 * The plugin's system configuration: clusters, templates for all jobs, how often queues are asked, and how long a
 * submission is tried. Forms change it like any configuration; every thread may read it.
 */
@Extension
@Symbol("slurmApptainer")
public final class SlurmGlobalConfiguration extends GlobalConfiguration implements PersistentDescriptor {
    /** Seconds between two {@code squeue} calls when nothing else is set: six calls a minute. */
    public static final int DEFAULT_POLL_SECONDS = 10;

    private static final int MAX_POLL_SECONDS = 3600;

    private List<SlurmCluster> clusters = new ArrayList<>();
    private List<JobTemplate> templates = new ArrayList<>();
    private int pollSeconds = DEFAULT_POLL_SECONDS;
    private int submitMinutes = (int) EngineSettings.DEFAULTS.submitLimit().toMinutes();
    private int silenceHours;
    private boolean cancelOrphans;
    private JobRetention retention;

    public static SlurmGlobalConfiguration get() {
        return ExtensionList.lookupSingleton(SlurmGlobalConfiguration.class);
    }

    public List<SlurmCluster> getClusters() {
        return new ArrayList<>(clusters);
    }

    /** @throws InvalidRequestException for a name that cannot be used, or that two clusters share */
    @DataBoundSetter
    public void setClusters(List<SlurmCluster> clusters) {
        Set<String> names = new HashSet<>();
        for (SlurmCluster cluster : Util.fixNull(clusters)) {
            SlurmCluster.checkName(cluster.getName());
            Home.parse(cluster.getHome());
            if (!names.add(cluster.getName())) {
                throw new InvalidRequestException(
                        "clusters", "two clusters have the name '" + cluster.getName() + "'; rename one of them");
            }
        }
        this.clusters = new ArrayList<>(Util.fixNull(clusters));
        save();
    }

    /** Templates that all jobs see. */
    public List<JobTemplate> getTemplates() {
        return new ArrayList<>(templates);
    }

    /** @throws InvalidRequestException for the first template that is not in order */
    @DataBoundSetter
    public void setTemplates(List<JobTemplate> templates) {
        new Templates(List.of(Util.fixNull(templates).stream()
                        .map(JobTemplate::toTemplate)
                        .toList()))
                .check();
        this.templates = new ArrayList<>(Util.fixNull(templates));
        save();
    }

    /** Seconds between two {@code squeue} calls of one cluster. */
    public int getPollSeconds() {
        return pollSeconds;
    }

    @DataBoundSetter
    public void setPollSeconds(int pollSeconds) {
        this.pollSeconds = Math.max(1, Math.min(MAX_POLL_SECONDS, pollSeconds));
        save();
    }

    /** For how many minutes a submission is tried again when Slurm cannot take it now. */
    public int getSubmitMinutes() {
        return submitMinutes;
    }

    @DataBoundSetter
    public void setSubmitMinutes(int submitMinutes) {
        this.submitMinutes = Math.max(0, submitMinutes);
        save();
    }

    /** After how many hours without any answer about a submitted job its build gives up; 0 for never. */
    public int getSilenceHours() {
        return silenceHours;
    }

    @DataBoundSetter
    public void setSilenceHours(int silenceHours) {
        this.silenceHours = Math.max(0, silenceHours);
        save();
    }

    /**
     * Whether to cancel jobs that carry this controller's mark but that no build knows. Otherwise they are only
     * reported.
     */
    public boolean isCancelOrphans() {
        return cancelOrphans;
    }

    @DataBoundSetter
    public void setCancelOrphans(boolean cancelOrphans) {
        this.cancelOrphans = cancelOrphans;
        save();
    }

    /** How long directories of ended jobs stay, {@code null} for the defaults of {@link JobRetention}. */
    @CheckForNull
    public JobRetention getRetention() {
        return retention;
    }

    @DataBoundSetter
    public void setRetention(@CheckForNull JobRetention retention) {
        this.retention = retention;
        save();
    }

    /** How long directories of ended jobs stay on a cluster. */
    public JobRetention retention(SlurmCluster cluster) {
        JobRetention own = cluster.getRetention();
        JobRetention general = retention == null ? new JobRetention() : retention;
        return own == null ? general : own;
    }

    /** The part of these settings that the engine needs. */
    public EngineSettings engineSettings() {
        return new EngineSettings(
                Duration.ofSeconds(pollSeconds), Duration.ofMinutes(submitMinutes), Duration.ofHours(silenceHours));
    }

    /** Writes all settings at once. If one cannot be accepted, nothing changes and the answer is a sentence. */
    @Override
    public boolean configure(StaplerRequest2 req, JSONObject json) throws FormException {
        try (BulkChange change = new BulkChange(this)) {
            // The form leaves it out when it is switched off.
            retention = null;
            boolean done = super.configure(req, json);
            change.commit();
            return done;
        } catch (InvalidRequestException e) {
            load();
            throw new FormException(e.getMessage(), e, e.field());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Finds the cluster that a build means.
     *
     * @param wanted its name; empty when there is only one
     * @throws InvalidRequestException when there is no cluster with this name, no cluster at all, or several and no
     *     name was given
     */
    public SlurmCluster cluster(String wanted) {
        List<SlurmCluster> all = getClusters();
        if (all.isEmpty()) {
            throw new InvalidRequestException(
                    "cluster", "no Slurm cluster is configured; an administrator adds one in Manage Jenkins, System");
        }
        String name = Util.fixNull(wanted).trim();
        String names = all.stream().map(c -> "'" + c.getName() + "'").collect(Collectors.joining(", "));
        if (name.isEmpty()) {
            if (all.size() > 1) {
                throw new InvalidRequestException("cluster", "name one of the clusters: " + names);
            }
            return all.get(0);
        }
        return all.stream()
                .filter(cluster -> cluster.getName().equals(name))
                .findFirst()
                .orElseThrow(() -> new InvalidRequestException(
                        "cluster",
                        "there is no cluster '" + Printable.of(name) + "'; there " + (all.size() > 1 ? "are " : "is ")
                                + names));
    }

    @POST
    public FormValidation doCheckSubmitMinutes(@QueryParameter String value) {
        Jenkins.get().checkPermission(Jenkins.ADMINISTER);
        return FormValidation.validateNonNegativeInteger(value);
    }

    @POST
    public FormValidation doCheckSilenceHours(@QueryParameter String value) {
        Jenkins.get().checkPermission(Jenkins.ADMINISTER);
        return FormValidation.validateNonNegativeInteger(value);
    }

    @POST
    public FormValidation doCheckPollSeconds(@QueryParameter String value) {
        Jenkins.get().checkPermission(Jenkins.ADMINISTER);
        return FormValidation.validateIntegerInRange(value, 1, MAX_POLL_SECONDS);
    }
}

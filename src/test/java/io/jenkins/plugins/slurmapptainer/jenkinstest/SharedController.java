package io.jenkins.plugins.slurmapptainer.jenkinstest;

import com.cloudbees.plugins.credentials.SystemCredentialsProvider;
import hudson.model.Item;
import hudson.model.Job;
import hudson.model.Node;
import hudson.model.Run;
import hudson.security.AuthorizationStrategy;
import hudson.security.SecurityRealm;
import io.jenkins.plugins.slurmapptainer.catalog.DiscoveredImageStore;
import io.jenkins.plugins.slurmapptainer.waiting.Waits;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import jenkins.model.GlobalConfiguration;
import jenkins.model.Jenkins;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.jvnet.hudson.test.JenkinsRule;

/** A controller that several tests use in turn, and what makes it like new between them. */
final class SharedController implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final JenkinsRule rule;
    private final Map<GlobalConfiguration, Map<Field, Object>> settings = new HashMap<>();
    private final Map<Field, Object> discovered;

    /** @param rule has started its controller */
    SharedController(JenkinsRule rule) throws ReflectiveOperationException {
        this.rule = rule;
        for (GlobalConfiguration configuration : GlobalConfiguration.all()) {
            if (configuration.getClass().getName().startsWith("io.jenkins.plugins.slurmapptainer.")) {
                settings.put(configuration, values(configuration));
            }
        }
        DiscoveredImageStore.get().images();
        discovered = values(DiscoveredImageStore.get());
    }

    JenkinsRule rule() {
        return rule;
    }

    private static Map<Field, Object> values(Object configuration) throws ReflectiveOperationException {
        Map<Field, Object> values = new HashMap<>();
        for (Field field : configuration.getClass().getDeclaredFields()) {
            if (!Modifier.isStatic(field.getModifiers()) && !Modifier.isFinal(field.getModifiers())) {
                field.setAccessible(true);
                values.put(field, field.get(configuration));
            }
        }
        return values;
    }

    /** Ends what runs, and removes what a test has made and set. */
    void clean() throws Exception {
        Jenkins jenkins = rule.jenkins;
        jenkins.setAuthorizationStrategy(AuthorizationStrategy.UNSECURED);
        jenkins.setSecurityRealm(SecurityRealm.NO_AUTHENTICATION);
        jenkins.getQueue().clear();
        for (Job<?, ?> job : jenkins.allItems(Job.class)) {
            for (Run<?, ?> run : job.getBuilds()) {
                end(run);
            }
        }
        for (Item item : new ArrayList<>(jenkins.getItems())) {
            item.delete();
        }
        restore(DiscoveredImageStore.get(), discovered);
        for (Map.Entry<GlobalConfiguration, Map<Field, Object>> configuration : settings.entrySet()) {
            restore(configuration.getKey(), configuration.getValue());
            configuration.getKey().save();
        }
        SystemCredentialsProvider.getInstance().getCredentials().clear();
        SystemCredentialsProvider.getInstance().save();
        for (Node node : List.copyOf(jenkins.getNodes())) {
            if (ClusterAgent.isReusable(node)) {
                node.getRootPath().child("workspace").deleteRecursive();
            } else {
                jenkins.removeNode(node);
            }
        }
        jenkins.getRootPath().child("workspace").deleteRecursive();
    }

    private static void restore(Object object, Map<Field, Object> values) throws ReflectiveOperationException {
        for (Map.Entry<Field, Object> value : values.entrySet()) {
            value.getKey().set(object, value.getValue());
        }
    }

    private static void end(Run<?, ?> run) {
        if (!run.isBuilding()) {
            return;
        }
        if (run instanceof WorkflowRun) {
            ((WorkflowRun) run).doKill();
        } else {
            run.getExecutor().interrupt();
        }
        Waits.within(PATIENCE).alias(run + " ends").until(() -> !run.isBuilding());
    }

    @Override
    public void close() throws Exception {
        rule.after();
    }
}

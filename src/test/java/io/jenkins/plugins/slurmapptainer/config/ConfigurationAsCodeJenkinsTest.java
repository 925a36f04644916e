package io.jenkins.plugins.slurmapptainer.config;

import static io.jenkins.plugins.casc.misc.Util.getUnclassifiedRoot;
import static io.jenkins.plugins.casc.misc.Util.toStringFromYamlFile;
import static io.jenkins.plugins.casc.misc.Util.toYamlString;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hudson.model.Node;
import io.jenkins.plugins.casc.ConfigurationAsCode;
import io.jenkins.plugins.casc.ConfigurationContext;
import io.jenkins.plugins.casc.ConfiguratorException;
import io.jenkins.plugins.casc.ConfiguratorRegistry;
import io.jenkins.plugins.casc.misc.ConfiguredWithCode;
import io.jenkins.plugins.casc.misc.JenkinsConfiguredWithCodeRule;
import io.jenkins.plugins.casc.misc.junit.jupiter.WithJenkinsConfiguredWithCode;
import io.jenkins.plugins.slurmapptainer.jenkinstest.DocPage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Configuration as Code: import, export, and the export imported again. */
@WithJenkinsConfiguredWithCode
class ConfigurationAsCodeJenkinsTest {
    @TempDir
    private Path folder;

    private static String export() throws Exception {
        ConfigurationContext context = new ConfigurationContext(ConfiguratorRegistry.get());
        return toYamlString(getUnclassifiedRoot(context).get("slurmApptainer"));
    }

    private void apply(String yaml) throws Exception {
        Path file = Files.writeString(folder.resolve("jenkins.yaml"), yaml);
        ConfigurationAsCode.get().configure(file.toUri().toString());
    }

    @Test
    @ConfiguredWithCode("configuration-as-code.yml")
    void everyFieldIsImported(JenkinsConfiguredWithCodeRule j) throws Exception {
        SlurmGlobalConfiguration configuration = SlurmGlobalConfiguration.get();
        j.assertEqualDataBoundBeans(
                List.of(CompleteCluster.create(), new SlurmCluster("plain", "l", "/s")), configuration.getClusters());
        j.assertEqualDataBoundBeans(CompleteTemplates.create(), configuration.getTemplates());
        assertEquals(30, configuration.getPollSeconds());
        assertEquals(3, configuration.getSubmitMinutes());
        assertEquals(5, configuration.getSilenceHours());
        assertEquals(true, configuration.isCancelOrphans());
        assertEquals(30, configuration.getRetention().getFailedDays());
        assertEquals(0, configuration.getRetention().getSuccessfulDays());
    }

    @Test
    @ConfiguredWithCode("configuration-as-code.yml")
    void whatIsExportedCanBeImportedAgain(JenkinsConfiguredWithCodeRule j) throws Exception {
        String exported = export();
        assertEquals(toStringFromYamlFile(this, "exported.yml"), exported);
        SlurmGlobalConfiguration.get().setClusters(List.of());
        SlurmGlobalConfiguration.get().setTemplates(List.of());
        SlurmGlobalConfiguration.get().setPollSeconds(99);
        apply("unclassified:\n  slurmApptainer:\n" + exported.indent(4));
        everyFieldIsImported(j);
        assertEquals(exported, export());
    }

    @Test
    @ConfiguredWithCode("configuration-as-code.yml")
    void theRecipeForTrustDomainsCanBeApplied(JenkinsConfiguredWithCodeRule j) throws Exception {
        apply(new DocPage("security").blocks("yaml").get(0));
        List<SlurmCluster> clusters = SlurmGlobalConfiguration.get().getClusters();
        assertEquals(2, clusters.size());
        for (SlurmCluster cluster : clusters) {
            assertTrue(cluster.isImageRequired() && cluster.isAlwaysContainall());
            assertTrue(cluster.rules().containers().imageRequired());
            assertTrue(cluster.allowsFolder("teams/" + cluster.getName() + "/app"));
            Node agent = j.jenkins.getNode("head-node-" + cluster.getName());
            assertEquals(0, agent.getNumExecutors());
            assertEquals(
                    Set.of(agent),
                    j.jenkins.getLabel(cluster.getHeadNodeLabel()).getNodes());
        }
        assertFalse(clusters.get(0).allowsFolder("teams/chemistry"));
    }

    @Test
    @ConfiguredWithCode("configuration-as-code.yml")
    void applyingTwiceChangesNothing(JenkinsConfiguredWithCodeRule j) throws Exception {
        apply("unclassified:\n  slurmApptainer:\n" + export().indent(4));
        apply("unclassified:\n  slurmApptainer:\n" + export().indent(4));
        everyFieldIsImported(j);
    }

    @Test
    @ConfiguredWithCode("configuration-as-code.yml")
    void twoClustersOfOneNameAreAnError(JenkinsConfiguredWithCodeRule j) {
        String cluster = "    - name: a\n      headNodeLabel: l\n      sharedDirectory: /s\n";
        refused("    clusters:\n" + cluster + cluster, "two clusters have the name 'a'");
    }

    @Test
    @ConfiguredWithCode("configuration-as-code.yml")
    void anUnknownHomeDirectoryIsAnError(JenkinsConfiguredWithCodeRule j) throws Exception {
        refused(
                "    clusters:\n    - name: a\n      headNodeLabel: l\n      sharedDirectory: /s\n      home: acount\n",
                "home: 'acount' is neither 'job'");
        everyFieldIsImported(j);
    }

    @Test
    @ConfiguredWithCode("configuration-as-code.yml")
    void templatesWithErrorsAreRefused(JenkinsConfiguredWithCodeRule j) throws Exception {
        String templates = "    templates:\n";
        refused(templates + template("a", "b") + template("b", "a"), "'a': it extends itself: a -> b -> a");
        refused(
                templates + template("gpu-small", "") + template("b", "gpu-smal"),
                "'b': it extends 'gpu-smal', which is not there; did you mean 'gpu-small'?");
        refused(templates + template("a", "") + template("a", ""), "two templates have the name 'a'");
        refused(
                templates + template("a", "") + "      options:\n      - option: tiem\n        value: '5'\n",
                "'tiem' is no option that a template can have; did you mean 'time'?");
        refused(
                templates + template("a", "")
                        + "      options:\n      - option: time\n        value: '5'\n        max: '4'\n",
                "time: '5' is more than the '4' that is allowed here");
        everyFieldIsImported(j);
    }

    private static String template(String name, String parent) {
        return "    - name: '" + name + "'\n      parent: '" + parent + "'\n";
    }

    private void refused(String yaml, String sentence) {
        ConfiguratorException refused =
                assertThrows(ConfiguratorException.class, () -> apply("unclassified:\n  slurmApptainer:\n" + yaml));
        String messages = "";
        for (Throwable cause = refused; cause != null; cause = cause.getCause()) {
            messages += cause.getMessage() + "\n";
        }
        assertThat(messages, containsString(sentence));
    }
}

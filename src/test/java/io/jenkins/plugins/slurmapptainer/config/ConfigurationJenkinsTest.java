package io.jenkins.plugins.slurmapptainer.config;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import hudson.model.Descriptor;
import hudson.util.ReflectionUtils;
import io.jenkins.plugins.slurmapptainer.catalog.CatalogImage;
import io.jenkins.plugins.slurmapptainer.catalog.ImageCatalog;
import io.jenkins.plugins.slurmapptainer.headnode.SweepRequest;
import io.jenkins.plugins.slurmapptainer.job.InvalidRequestException;
import io.jenkins.plugins.slurmapptainer.pipeline.StepArguments;
import java.util.List;
import org.htmlunit.FailingHttpStatusCodeException;
import org.htmlunit.html.HtmlForm;
import org.htmlunit.html.HtmlPage;
import org.htmlunit.html.HtmlTextInput;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.JenkinsSessionExtension;
import org.jvnet.hudson.test.recipes.LocalData;

/** Clusters and images through the form, over a restart, and from a file that was written by hand. */
class ConfigurationJenkinsTest {
    @RegisterExtension
    private final JenkinsSessionExtension sessions = new JenkinsSessionExtension();

    /** Fails when a field is added and not set here: the other tests would say nothing about it. */
    @Test
    void theClusterOfTheseTestsHasEveryField() throws Exception {
        SlurmCluster complete = CompleteCluster.create();
        SlurmCluster empty = new SlurmCluster("", "", "");
        for (String field : StepArguments.parameters(SlurmCluster.class).keySet()) {
            Object value = ReflectionUtils.getPublicProperty(complete, field);
            assertNotEquals(ReflectionUtils.getPublicProperty(empty, field), value, field + " is not set");
        }
        for (String field : StepArguments.parameters(ClusterLimits.class).keySet()) {
            assertNotNull(ReflectionUtils.getPublicProperty(complete.getLimits(), field), field + " is not set");
        }
        JobTemplate template = CompleteTemplates.create().get(1);
        for (String field : StepArguments.parameters(JobTemplate.class).keySet()) {
            assertNotNull(ReflectionUtils.getPublicProperty(template, field), field + " is not set");
        }
    }

    @Test
    void theConfigurationSurvivesTheFormAndARestart() throws Throwable {
        sessions.then(j -> {
            SlurmGlobalConfiguration configuration = SlurmGlobalConfiguration.get();
            configuration.setClusters(List.of(CompleteCluster.create(), new SlurmCluster("plain", "l", "/s")));
            configuration.setTemplates(CompleteTemplates.create());
            configuration.setPollSeconds(30);
            configuration.setSubmitMinutes(3);
            configuration.setSilenceHours(5);
            configuration.setCancelOrphans(true);
            configuration.setRetention(CompleteCluster.retention());
            CatalogImage image = new CatalogImage("python_3.11", "/images/compute/python_3.11.sif");
            image.setVersion("3.11.2");
            ImageCatalog.get().setImages(List.of(image));
            j.configRoundtrip();
            check(j);
        });
        sessions.then(ConfigurationJenkinsTest::check);
    }

    private static void check(JenkinsRule j) throws Exception {
        SlurmGlobalConfiguration configuration = SlurmGlobalConfiguration.get();
        j.assertEqualDataBoundBeans(
                List.of(CompleteCluster.create(), new SlurmCluster("plain", "l", "/s")), configuration.getClusters());
        j.assertEqualDataBoundBeans(CompleteTemplates.create(), configuration.getTemplates());
        assertEquals(30, configuration.getPollSeconds());
        assertEquals(3, configuration.getSubmitMinutes());
        assertEquals(5, configuration.getSilenceHours());
        assertEquals(true, configuration.isCancelOrphans());
        j.assertEqualDataBoundBeans(CompleteCluster.retention(), configuration.getRetention());
        assertEquals("3.11.2", ImageCatalog.get().list().find("python_3.11").version());
        assertEquals("compute", ImageCatalog.get().list().find("python_3.11").type());
    }

    @Test
    @LocalData
    void fieldsMissingInAFileHaveTheirDefaults() throws Throwable {
        sessions.then(j -> {
            SlurmGlobalConfiguration configuration = SlurmGlobalConfiguration.get();
            SlurmCluster expected = new SlurmCluster("main", "slurm", "/shared/jenkins");
            expected.setApptainer("/opt/apptainer/bin/apptainer");
            j.assertEqualDataBoundBeans(List.of(expected), configuration.getClusters());
            SlurmCluster cluster = configuration.cluster("main");
            assertEquals(List.of(), configuration.getTemplates());
            assertEquals(List.of(), cluster.getDefaults());
            assertNull(cluster.getLimits());
            assertEquals(true, cluster.allowsFolder(""));
            assertEquals(List.of(), cluster.containerProgram().preamble());
            assertEquals(30, configuration.getPollSeconds());
            assertEquals(10, configuration.getSubmitMinutes());
            assertNull(configuration.getRetention());
            assertEquals(SweepRequest.FOR_EVER, configuration.retention(cluster).keepFailedMillis());
            assertEquals(0, configuration.retention(cluster).keepSucceededMillis());
        });
    }

    @Test
    void anEmptyListOfBuildVariablesStaysEmpty() throws Throwable {
        sessions.then(j -> {
            SlurmCluster cluster = new SlurmCluster("main", "slurm", "/shared/jenkins");
            cluster.setBuildVariables("");
            SlurmGlobalConfiguration.get().setClusters(List.of(cluster));
            j.configRoundtrip();
            assertEquals("", SlurmGlobalConfiguration.get().cluster("main").getBuildVariables());
        });
    }

    @Test
    void aRetentionThatIsSwitchedOffIsGone() throws Throwable {
        sessions.then(j -> {
            SlurmGlobalConfiguration configuration = SlurmGlobalConfiguration.get();
            configuration.setRetention(CompleteCluster.retention());
            try (JenkinsRule.WebClient browser = j.createWebClient()) {
                HtmlForm form = browser.goTo("configure").getFormByName("config");
                form.getInputByName("_.retention").setChecked(false);
                j.submit(form);
            }
            assertNull(configuration.getRetention());
        });
    }

    @Test
    void twoClustersOfOneNameAreRefused() throws Throwable {
        sessions.then(j -> {
            SlurmGlobalConfiguration configuration = SlurmGlobalConfiguration.get();
            assertThrows(
                    InvalidRequestException.class,
                    () -> configuration.setClusters(
                            List.of(new SlurmCluster("main", "a", "/a"), new SlurmCluster("main", "b", "/b"))));
            assertThrows(
                    InvalidRequestException.class,
                    () -> configuration.setClusters(List.of(new SlurmCluster("a b", "a", "/a"))));
            assertEquals(List.of(), configuration.getClusters());
        });
    }

    @Test
    void aRefusedFormChangesNothing() throws Throwable {
        sessions.then(j -> {
            SlurmGlobalConfiguration configuration = SlurmGlobalConfiguration.get();
            configuration.setClusters(
                    List.of(new SlurmCluster("main", "a", "/a"), new SlurmCluster("other", "b", "/b")));
            try (JenkinsRule.WebClient browser = j.createWebClient()) {
                HtmlPage page = browser.goTo("configure");
                HtmlForm form = page.getFormByName("config");
                HtmlTextInput name = form.getInputsByName("_.name").stream()
                        .map(HtmlTextInput.class::cast)
                        .filter(input -> input.getValue().equals("other"))
                        .findFirst()
                        .orElseThrow();
                name.setValue("main");
                FailingHttpStatusCodeException refused =
                        assertThrows(FailingHttpStatusCodeException.class, () -> j.submit(form));
                assertThat(
                        refused.getResponse().getContentAsString(),
                        containsString("two clusters have the name 'main'; rename one of them"));
            }
            assertEquals(
                    List.of("main", "other"),
                    configuration.getClusters().stream()
                            .map(SlurmCluster::getName)
                            .toList());
        });
    }

    @Test
    void optionsAreChosenFromAList() throws Throwable {
        sessions.then(j -> {
            Descriptor<?> descriptor = j.jenkins.getDescriptorOrDie(DefaultOption.class);
            List<String> options = ((DefaultOption.DescriptorImpl) descriptor)
                    .doFillOptionItems().stream().map(option -> option.value).toList();
            assertEquals(true, options.containsAll(List.of("partition", "time", "gpus")));
            assertEquals(false, options.contains("jobName") || options.contains("dependency"));
        });
    }
}

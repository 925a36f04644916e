package io.jenkins.plugins.slurmapptainer.freestyle;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertLinesMatch;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hudson.model.AbstractProject;
import hudson.model.FreeStyleProject;
import hudson.model.Items;
import hudson.model.ParametersDefinitionProperty;
import hudson.model.Result;
import hudson.model.StringParameterDefinition;
import hudson.tasks.BuildStepDescriptor;
import hudson.tasks.Builder;
import io.jenkins.plugins.slurmapptainer.config.SlurmCluster;
import io.jenkins.plugins.slurmapptainer.config.SlurmGlobalConfiguration;
import io.jenkins.plugins.slurmapptainer.jenkinstest.SharedJenkins;
import io.jenkins.plugins.slurmapptainer.pipeline.SlurmApptainerStep;
import io.jenkins.plugins.slurmapptainer.pipeline.SlurmApptainerStepJenkinsTest;
import java.io.File;
import java.util.List;
import java.util.Map;
import org.htmlunit.html.HtmlForm;
import org.jenkinsci.plugins.structs.SymbolLookup;
import org.jenkinsci.plugins.structs.describable.DescribableModel;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.jvnet.hudson.test.JenkinsRule;

/** The build step's form, what is saved, and what is refused before there is a job. */
@SharedJenkins
class SlurmApptainerBuilderJenkinsTest {
    @TempDir
    private File shared;

    private static SlurmApptainerBuilder complete() {
        SlurmApptainerStep job = SlurmApptainerStepJenkinsTest.complete();
        job.setReturnStatus(false);
        job.setLabel(null);
        job.setPropagate(true);
        SlurmApptainerBuilder builder = new SlurmApptainerBuilder(job);
        builder.setUnstableReturn(3);
        return builder;
    }

    private static void assertSameBuilder(JenkinsRule j, SlurmApptainerBuilder expected, SlurmApptainerBuilder actual)
            throws Exception {
        j.assertEqualDataBoundBeans(expected.getJob(), actual.getJob());
        assertEquals(expected.getUnstableReturn(), actual.getUnstableReturn());
    }

    private static FreeStyleProject project(JenkinsRule j, Builder builder) throws Exception {
        FreeStyleProject project = j.createFreeStyleProject();
        project.getBuildersList().add(builder);
        return project;
    }

    @Test
    void everyParameterSurvivesTheForm(JenkinsRule j) throws Exception {
        assertSameBuilder(j, complete(), j.configRoundtrip(complete()));
    }

    @Test
    void patternsInLinesStayApart(JenkinsRule j) throws Exception {
        SlurmApptainerStep job = new SlurmApptainerStep("true");
        job.setFiles("a.csv\nb.csv");
        job.setOutputs("out/*.txt\nlog");
        SlurmApptainerStep again =
                j.configRoundtrip(new SlurmApptainerBuilder(job)).getJob();
        assertLinesMatch("a.csv\nb.csv".lines(), again.getFiles().lines());
        assertLinesMatch("out/*.txt\nlog".lines(), again.getOutputs().lines());
    }

    @Test
    void emptyFieldsStayEmpty(JenkinsRule j) throws Exception {
        SlurmApptainerBuilder empty = new SlurmApptainerBuilder(new SlurmApptainerStep("true"));
        SlurmApptainerBuilder again = j.configRoundtrip(empty);
        assertSameBuilder(j, empty, again);
        assertNull(again.getUnstableReturn());
    }

    @Test
    void formHasEveryParameterOnceExceptThoseOfResults(JenkinsRule j) throws Exception {
        HtmlForm form =
                j.createWebClient().getPage(project(j, complete()), "configure").getFormByName("config");
        assertEquals(1, form.getTextAreasByName("_.script").size());
        assertEquals(1, form.getInputsByName("_.unstableReturn").size());
        assertEquals(0, form.getInputsByName("_.returnStatus").size());
        assertEquals(0, form.getInputsByName("_.propagate").size());
    }

    @Test
    void theJobsConfigurationKeepsEverything(JenkinsRule j) throws Exception {
        FreeStyleProject project = project(j, complete());
        project.doReload();
        assertSameBuilder(j, complete(), project.getBuildersList().get(SlurmApptainerBuilder.class));
        assertSameBuilder(
                j, complete(), (SlurmApptainerBuilder) Items.XSTREAM2.fromXML(Items.XSTREAM2.toXML(complete())));
    }

    @Test
    void aConfigurationMayLackFieldsWithDefaults(JenkinsRule j) {
        String name = SlurmApptainerBuilder.class.getName();
        SlurmApptainerBuilder brief = (SlurmApptainerBuilder) Items.XSTREAM2.fromXML(
                "<" + name + "><job><options><script>true</script></options></job></" + name + ">");
        assertEquals("true", brief.getJob().getScript());
        assertNull(brief.getJob().getMemory());
        assertNull(brief.getJob().getOptions());
        for (String content : List.of("", "<job/>", "<job><options/></job>")) {
            SlurmApptainerBuilder empty =
                    (SlurmApptainerBuilder) Items.XSTREAM2.fromXML("<" + name + ">" + content + "</" + name + ">");
            assertEquals("", empty.getJob().getScript(), content);
        }
    }

    /** What generators of jobs write: {@code slurmApptainer { job { script('true') … } unstableReturn(3) }}. */
    @Test
    void canBeWrittenBySymbol(JenkinsRule j) throws Exception {
        assertSame(
                j.jenkins.getDescriptor(SlurmApptainerBuilder.class),
                SymbolLookup.get().findDescriptor(Builder.class, "slurmApptainer"));
        SlurmApptainerBuilder built = new DescribableModel<>(SlurmApptainerBuilder.class)
                .instantiate(
                        Map.of(
                                "job",
                                Map.of(
                                        "script",
                                        "true",
                                        "memory",
                                        "1G",
                                        "files",
                                        List.of("a", "b"),
                                        "options",
                                        List.of("--requeue")),
                                "unstableReturn",
                                3),
                        null);
        assertEquals("1G", built.getJob().getMemory());
        assertEquals("a\nb", built.getJob().getFiles());
        assertEquals(List.of("--requeue"), built.getJob().getOptions());
        assertEquals(3, built.getUnstableReturn());
    }

    @Test
    void zeroNeverMakesTheBuildUnstable() {
        SlurmApptainerBuilder builder = complete();
        builder.setUnstableReturn(0);
        assertNull(builder.getUnstableReturn());
    }

    @Test
    void theBuildStepIsOfferedForEveryKindOfJob(JenkinsRule j) throws Exception {
        SlurmApptainerBuilder.DescriptorImpl descriptor =
                j.jenkins.getDescriptorByType(SlurmApptainerBuilder.DescriptorImpl.class);
        assertTrue(
                BuildStepDescriptor.filter(Builder.all(), AbstractProject.class).contains(descriptor));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            memory: much       | memory: 'much' is not a size per node with a unit
            memory: ${SIZE}    | memory: 'big' is not a size per node with a unit
            memory: ${UNKNOWN} | memory: '${UNKNOWN}' is not a size per node with a unit
            image: none        | image: there is no image 'none' in the catalog
            cluster: other     | cluster: there is no cluster 'other'; there is 'main'
            returnStatus: yes  | returnStatus: a build step returns nothing; write the exit code into unstableReturn
            unstableReturn: 256 | unstableReturn: 256 is no exit code; write 1 to 255
            """)
    void mistakesEndTheBuildInOneSentence(String mistake, String sentence, JenkinsRule j) throws Exception {
        SlurmGlobalConfiguration.get().setClusters(List.of(new SlurmCluster("main", "slurm", shared.getPath())));
        String name = mistake.substring(0, mistake.indexOf(':'));
        String value = mistake.substring(mistake.indexOf(' ') + 1);
        SlurmApptainerStep step = new SlurmApptainerStep("true");
        SlurmApptainerBuilder builder = new SlurmApptainerBuilder(step);
        switch (name) {
            case "memory" -> step.setMemory(value);
            case "image" -> step.setImage(value);
            case "cluster" -> step.setCluster(value);
            case "returnStatus" -> step.setReturnStatus(true);
            default -> builder.setUnstableReturn(Integer.valueOf(value));
        }
        FreeStyleProject project = project(j, builder);
        project.addProperty(new ParametersDefinitionProperty(new StringParameterDefinition("SIZE", "big")));
        String log = JenkinsRule.getLog(j.buildAndAssertStatus(Result.FAILURE, project));
        assertThat(log, containsString("ERROR: " + sentence));
        assertThat(log, not(containsString("\tat ")));
        assertThat(log, not(containsString("Submitted")));
    }
}

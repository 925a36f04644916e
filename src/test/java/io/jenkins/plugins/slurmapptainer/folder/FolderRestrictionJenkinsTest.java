package io.jenkins.plugins.slurmapptainer.folder;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.cloudbees.hudson.plugins.folder.Folder;
import hudson.model.Item;
import hudson.model.ItemGroup;
import hudson.model.Job;
import hudson.model.Result;
import hudson.model.User;
import hudson.security.ACL;
import hudson.security.ACLContext;
import hudson.util.FormValidation;
import io.jenkins.plugins.slurmapptainer.catalog.CatalogImage;
import io.jenkins.plugins.slurmapptainer.catalog.ImageCatalog;
import io.jenkins.plugins.slurmapptainer.config.JobTemplate;
import io.jenkins.plugins.slurmapptainer.config.JobTemplateForm;
import io.jenkins.plugins.slurmapptainer.config.SlurmCluster;
import io.jenkins.plugins.slurmapptainer.config.SlurmGlobalConfiguration;
import io.jenkins.plugins.slurmapptainer.config.TemplateOption;
import io.jenkins.plugins.slurmapptainer.config.UseRestriction;
import io.jenkins.plugins.slurmapptainer.execution.JobPreview;
import io.jenkins.plugins.slurmapptainer.jenkinstest.SharedJenkins;
import io.jenkins.plugins.slurmapptainer.job.InvalidRequestException;
import io.jenkins.plugins.slurmapptainer.pipeline.SlurmApptainerStep;
import java.util.Comparator;
import java.util.List;
import jenkins.model.Jenkins;
import jenkins.model.ModifiableTopLevelItemGroup;
import org.htmlunit.FailingHttpStatusCodeException;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;
import org.springframework.security.access.AccessDeniedException;

/** Builds in folders that may not use everything; none of them gets as far as a head node. */
@SharedJenkins
class FolderRestrictionJenkinsTest {
    /** How the builds here end that nothing forbids: no agent can stage their files. */
    private static final String ALLOWED = "files: there is no workspace here";

    private JenkinsRule j;

    @BeforeEach
    void configure(JenkinsRule rule) {
        j = rule;
        SlurmGlobalConfiguration.get()
                .setClusters(List.of(new SlurmCluster("main", "l", "/s"), new SlurmCluster("gpu", "l", "/s")));
        ImageCatalog.get()
                .setImages(List.of(
                        new CatalogImage("python_3.11", "/i/python_3.11.sif"), new CatalogImage("r_4", "/i/r_4.sif")));
    }

    private Folder folder(ModifiableTopLevelItemGroup parent, String name, String clusters, String images)
            throws Exception {
        Folder folder = parent instanceof Folder
                ? ((Folder) parent).createProject(Folder.class, name)
                : j.createProject(Folder.class, name);
        SlurmFolderProperty property = new SlurmFolderProperty();
        property.setClusters(clusters);
        property.setImages(images);
        folder.addProperty(property);
        return folder;
    }

    /** Whoever configures something in a folder sees no more there than jobs in it may use. */
    @Test
    void aPreviewInAFolderFollowsTheFoldersRules() throws Exception {
        Folder team = folder(j.jenkins, "team", "main", "python_*");
        SlurmApptainerStep step = new SlurmApptainerStep("true");
        step.setImage("python_3.11");
        step.setCluster("main");
        assertThat(JobPreview.of(step.options(), team), containsString("/i/python_3.11.sif"));
        step.setCluster("gpu");
        assertThrows(InvalidRequestException.class, () -> JobPreview.of(step.options(), team));
        step.setCluster("main");
        step.setImage("r_4");
        assertThrows(InvalidRequestException.class, () -> JobPreview.of(step.options(), team));
        CatalogImage theirs = new CatalogImage("theirs_1", "/i/theirs_1.sif");
        theirs.setFolders("chemistry");
        ImageCatalog.get().setImages(List.of(theirs));
        step.setImage("theirs_1");
        Folder free = folder(j.jenkins, "free", "", "");
        assertThrows(InvalidRequestException.class, () -> JobPreview.of(step.options(), free));
        assertThat(
                JobPreview.of(step.options(), folder(j.jenkins, "chemistry", "", "")), containsString("theirs_1.sif"));
    }

    /** Neither a near miss nor a refusal tells of folders and images of others. */
    @Test
    void anImageForOtherFoldersIsRefusedWithoutTheirNames() throws Exception {
        CatalogImage theirs = new CatalogImage("theirs_1", "/i/theirs_1.sif");
        theirs.setFolders("chemistry");
        CatalogImage newer = new CatalogImage("python_3.12", "/i/python_3.12.sif");
        newer.setFolders("chemistry");
        ImageCatalog.get().setImages(List.of(theirs, newer, new CatalogImage("python_3.11", "/i/python_3.11.sif")));
        ImageCatalog.get().setPolicy("any");
        Folder free = folder(j.jenkins, "free", null, null);
        String refused =
                "image: 'theirs_1' is for jobs in other folders; an administrator changes that in the image's entry";
        ends(free, "cluster: 'main', image: 'theirs_1'", refused);
        ends(free, "cluster: 'main', image: '/i/theirs_1.sif'", refused);
        ends(
                free,
                "cluster: 'main', image: 'theirs_2'",
                "image: there is no image 'theirs_2' in the catalog (it has 1 image)");
        ends(free, "cluster: 'main', image: 'python'", ALLOWED);
        ends(folder(j.jenkins, "chemistry", null, null), "cluster: 'main', image: 'theirs_1'", ALLOWED);
        ImageCatalog.get().setPolicy("catalog");
    }

    private void ends(ItemGroup<?> group, String arguments, String sentence) throws Exception {
        WorkflowJob job = group instanceof Folder
                ? ((Folder) group)
                        .createProject(
                                WorkflowJob.class, "job" + group.getItems().size())
                : j.createProject(WorkflowJob.class);
        job.setDefinition(
                new CpsFlowDefinition("slurmApptainer(script: 'true', files: 'a.txt', " + arguments + ")", true));
        String log = JenkinsRule.getLog(j.buildAndAssertStatus(Result.FAILURE, job));
        assertThat(log, containsString("ERROR: " + sentence));
        assertThat(log, not(containsString("\tat ")));
    }

    @Test
    void aFolderNarrowsWhatItsJobsMayUse() throws Exception {
        Folder team = folder(j.jenkins, "team", "main", "python_*");
        ends(team, "cluster: 'main', image: 'python_3.11'", ALLOWED);
        ends(
                team,
                "cluster: 'gpu', image: 'python_3.11'",
                "cluster: jobs in the folder 'team' may not use cluster 'gpu'; the folder's configuration allows main");
        ends(
                team,
                "cluster: 'main', image: 'r_4'",
                "image: jobs in the folder 'team' may not use image 'r_4'; the folder's configuration allows python_*");
        ends(team, "cluster: 'main'", "image: jobs in the folder 'team' may not run without an image");
        Folder any = folder(j.jenkins, "any", null, "*");
        ends(any, "cluster: 'main', image: 'r_4'", ALLOWED);
        ends(any, "cluster: 'main'", "image: jobs in the folder 'any' may not run without an image");
        ends(j.jenkins, "cluster: 'gpu', image: 'r_4'", ALLOWED);
    }

    @Test
    void aFolderCannotWidenWhatItInherits() throws Exception {
        Folder team = folder(j.jenkins, "team", "main", null);
        Folder below = folder(team, "below", "*", "r_4");
        ends(below, "cluster: 'gpu', image: 'r_4'", "cluster: jobs in the folder 'team' may not use cluster 'gpu'");
        ends(below, "cluster: 'main', image: 'r_4'", ALLOWED);
        ends(
                below,
                "cluster: 'main', image: 'python_3.11'",
                "image: jobs in the folder 'team/below' may not use image 'python_3.11'");
        ends(team, "cluster: 'main'", ALLOWED);
    }

    @Test
    void aClusterSaysWhichFoldersMayUseIt() throws Exception {
        SlurmCluster gpu = new SlurmCluster("gpu", "l", "/s");
        gpu.setAllowedFolders("team");
        SlurmGlobalConfiguration.get().setClusters(List.of(gpu));
        Folder team = j.createProject(Folder.class, "team");
        Folder below = team.createProject(Folder.class, "below");
        ends(below, "image: 'r_4'", ALLOWED);
        ends(
                j.createProject(Folder.class, "others"),
                "image: 'r_4'",
                "cluster: jobs in the folder 'others' may not use cluster gpu");
        ends(j.jenkins, "image: 'r_4'", "cluster: jobs outside of a folder may not use cluster gpu");
    }

    @Test
    void aFolderNarrowsWhichImagesBuildsMayName() throws Exception {
        ImageCatalog.get().setPolicy("any");
        Folder team = folder(j.jenkins, "team", null, null);
        Folder below = folder(team, "below", null, null);
        Folder free = j.createProject(Folder.class, "free");
        policy(team, "roots", "/scratch");
        ends(free, "cluster: 'main', image: '/x/a.sif'", ALLOWED);
        ends(free, "cluster: 'main', image: 'docker://a/b:1'", ALLOWED);
        ends(team, "cluster: 'main', image: '/scratch/u/a.sif'", ALLOWED);
        ends(team, "cluster: 'main', image: '/x/a.sif'", "image: '/x/a.sif' is not below /scratch");
        ends(team, "cluster: 'main', image: 'docker://a/b:1'", "image: images of registries are not allowed here");
        ends(below, "cluster: 'main', image: '/x/a.sif'", "image: '/x/a.sif' is not below /scratch");
        policy(below, "any", null);
        ends(below, "cluster: 'main', image: '/x/a.sif'", "image: '/x/a.sif' is not below /scratch");
        policy(below, "roots", "/scratch/u\n/x");
        ends(below, "cluster: 'main', image: '/scratch/u/a.sif'", ALLOWED);
        ends(below, "cluster: 'main', image: '/x/a.sif'", "image: '/x/a.sif' is not below /scratch/u");
        policy(below, "catalog", null);
        ends(below, "cluster: 'main', image: '/scratch/u/a.sif'", "image: paths are not allowed here");
        ends(below, "cluster: 'main', image: 'r_4'", ALLOWED);
        ImageCatalog.get().setPolicy("catalog");
        ends(team, "cluster: 'main', image: '/scratch/u/a.sif'", "image: paths are not allowed here");
    }

    private static void policy(Folder folder, String policy, String roots) {
        SlurmFolderProperty property = folder.getProperties().get(SlurmFolderProperty.class);
        property.setPolicy(policy);
        property.setAllowedRoots(roots);
    }

    @Test
    void aFilesNameDoesNotMakeItAnImageOfTheCatalog() throws Exception {
        ImageCatalog.get().setPolicy("any");
        Folder team = folder(j.jenkins, "team", null, "python_*\n/scratch/*");
        ends(team, "cluster: 'main', image: '/i/python_3.11.sif'", ALLOWED);
        ends(team, "cluster: 'main', image: '/scratch/python_9.sif'", ALLOWED);
        ends(
                team,
                "cluster: 'main', image: '/x/python_9.sif'",
                "image: jobs in the folder 'team' may not use image '/x/python_9.sif'");
        ends(
                team,
                "cluster: 'main', image: 'docker://x/python:3.11'",
                "image: jobs in the folder 'team' may not use image 'docker://x/python:3.11'");
    }

    @Test
    void theRestrictionSurvivesTheForm() throws Exception {
        Folder team = folder(j.jenkins, "team", "main\ngpu*", "python_*");
        policy(team, "roots", "/scratch\n/data");
        team = j.configRoundtrip(team);
        SlurmFolderProperty property = team.getProperties().get(SlurmFolderProperty.class);
        assertEquals("main\ngpu*", property.getClusters());
        assertEquals("python_*", property.getImages());
        assertEquals("roots", property.getPolicy());
        assertEquals("/scratch\n/data", property.getAllowedRoots());
        Folder plain = j.configRoundtrip(j.createProject(Folder.class, "plain"));
        assertNull(plain.getProperties().get(SlurmFolderProperty.class), "without a restriction there is no property");
    }

    private static JobTemplate template(String name, String parent, String option, String value) {
        TemplateOption row = new TemplateOption(option);
        row.setValue(value);
        JobTemplate template = new JobTemplate(name);
        template.setParent(parent);
        template.setOptions(List.of(row));
        return template;
    }

    @Test
    void aFoldersTemplateHidesAndExtendsTheOneFurtherOut() throws Exception {
        SlurmGlobalConfiguration.get()
                .setTemplates(
                        List.of(template("small", null, "cluster", "main"), template("other", null, "cluster", "gpu")));
        Folder team = folder(j.jenkins, "team", null, null);
        Folder below = folder(team, "below", null, null);
        team.getProperties()
                .get(SlurmFolderProperty.class)
                .setTemplates(List.of(template("small", "small", "partition", "teams")));
        below.getProperties()
                .get(SlurmFolderProperty.class)
                .setTemplates(List.of(template("own", "small", "qos", "low"), template("lost", "smal", "qos", "low")));
        console(below, "template: 'small'", "Template small, extends small: sets cluster main, partition teams");
        console(
                below,
                "template: 'own'",
                "Template own, extends small, small: sets cluster main, partition teams, qos low");
        console(j.jenkins, "template: 'small'", "Template small: sets cluster main\n");
        console(below, "template: 'other'", "Template other: sets cluster gpu\n");
        ends(team, "template: 'own'", "template: there is no template 'own'; there are 'small', 'other'");
        ends(
                below,
                "template: 'lost'",
                "template: 'lost': it extends 'smal', which is not there; did you mean 'small'?");
    }

    private void console(ItemGroup<?> group, String arguments, String line) throws Exception {
        ends(group, arguments, ALLOWED);
        Job<?, ?> last = group.getItems().stream()
                .filter(Job.class::isInstance)
                .map(item -> (Job<?, ?>) item)
                .max(Comparator.comparing(job -> job.getLastBuild().getStartTimeInMillis()))
                .orElseThrow();
        assertThat(JenkinsRule.getLog(last.getLastBuild()), containsString("[Slurm] " + line));
    }

    @Test
    void templatesSurviveTheFormAndMistakesAreRefused() throws Exception {
        SlurmGlobalConfiguration.get().setTemplates(List.of(template("small", null, "cluster", "main")));
        List<JobTemplate> templates =
                List.of(template("small", "small", "time", "10"), template("long", "small", "time", "1-0"));
        Folder team = folder(j.jenkins, "team", null, null);
        team.getProperties().get(SlurmFolderProperty.class).setTemplates(templates);
        team = j.configRoundtrip(team);
        SlurmFolderProperty property = team.getProperties().get(SlurmFolderProperty.class);
        j.assertEqualDataBoundBeans(templates, property.getTemplates());
        property.setTemplates(List.of(template("a", "b", "time", "1"), template("b", "a", "time", "1")));
        Folder wrong = team;
        FailingHttpStatusCodeException refused =
                assertThrows(FailingHttpStatusCodeException.class, () -> j.configRoundtrip(wrong));
        assertThat(refused.getResponse().getContentAsString(), containsString("it extends itself: a -> b -> a"));
        JobTemplateForm form = j.jenkins.getDescriptorByType(JobTemplateForm.class);
        property.setTemplates(templates);
        assertEquals(FormValidation.Kind.OK, form.doCheckParent(team, "small", "small").kind);
        assertEquals(FormValidation.Kind.OK, form.doCheckParent(team, "long", "new").kind);
        assertEquals(FormValidation.Kind.ERROR, form.doCheckParent(team, "smal", "new").kind);
        assertEquals(FormValidation.Kind.ERROR, form.doCheckParent(null, "long", "new").kind);
    }

    @Test
    void theFormWarnsOfPatternsThatMatchNothing() throws Exception {
        Folder team = j.createProject(Folder.class, "team");
        SlurmFolderProperty.DescriptorImpl form =
                j.jenkins.getDescriptorByType(SlurmFolderProperty.DescriptorImpl.class);
        assertEquals(FormValidation.Kind.OK, form.doCheckClusters(team, "main\ng*").kind);
        assertEquals(FormValidation.Kind.WARNING, form.doCheckClusters(team, "main\nnone").kind);
        assertEquals(FormValidation.Kind.OK, form.doCheckImages(team, "").kind);
        assertEquals(FormValidation.Kind.WARNING, form.doCheckImages(team, "java_*").kind);
        assertEquals(FormValidation.Kind.OK, form.doCheckAllowedRoots(team, "/a").kind);
        assertEquals(FormValidation.Kind.ERROR, form.doCheckAllowedRoots(team, "a").kind);
        j.jenkins.setSecurityRealm(j.createDummySecurityRealm());
        j.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.READ, Item.READ)
                .everywhere()
                .to("reader"));
        try (ACLContext ignored = ACL.as2(User.getById("reader", true).impersonate2())) {
            assertThrows(AccessDeniedException.class, () -> form.doCheckClusters(team, "main"));
            assertThrows(AccessDeniedException.class, () -> form.doCheckImages(team, "r_4"));
            assertThrows(AccessDeniedException.class, () -> form.doFillPolicyItems(team));
            assertThrows(AccessDeniedException.class, () -> form.doCheckAllowedRoots(team, "/a"));
            assertThrows(AccessDeniedException.class, () -> form.doCheckImages(null, "r_4"));
        }
    }

    @Test
    void theFolderRestrictionIsRegistered() {
        assertEquals(
                List.of(FolderRestriction.class),
                UseRestriction.all().stream().map(Object::getClass).toList());
    }
}

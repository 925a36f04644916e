package io.jenkins.plugins.slurmapptainer.catalog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hudson.model.Item;
import hudson.model.User;
import hudson.security.AccessDeniedException3;
import hudson.security.Permission;
import hudson.util.FormValidation;
import io.jenkins.plugins.slurmapptainer.config.SlurmCluster;
import io.jenkins.plugins.slurmapptainer.config.SlurmGlobalConfiguration;
import io.jenkins.plugins.slurmapptainer.image.ImageRecord;
import io.jenkins.plugins.slurmapptainer.image.ImageState;
import io.jenkins.plugins.slurmapptainer.image.RegistrySource;
import io.jenkins.plugins.slurmapptainer.jenkinstest.SharedJenkins;
import io.jenkins.plugins.slurmapptainer.job.Bind;
import io.jenkins.plugins.slurmapptainer.job.Gpu;
import java.util.List;
import java.util.Map;
import jenkins.model.Jenkins;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;

/** Every field of the catalog through the form, and who may do what. */
@SharedJenkins
class CatalogFormJenkinsTest {
    @Test
    void everyFieldSurvivesTheForm(JenkinsRule j) throws Exception {
        CatalogImage image = CompleteImage.create();
        ImageDirectory directory = new ImageDirectory("/i");
        directory.setCluster("main");
        directory.setLayouts("<name>.sif");
        ImageCatalog catalog = ImageCatalog.get();
        catalog.setImages(List.of(image));
        catalog.setDirectories(List.of(directory));
        catalog.setScanMinutes(7);
        catalog.setPolicy("roots");
        catalog.setAllowedRoots("/home\n/scratch");
        j.configRoundtrip();
        j.assertEqualDataBoundBeans(List.of(image), catalog.getImages());
        j.assertEqualDataBoundBeans(List.of(directory), catalog.getDirectories());
        assertEquals(7, catalog.getScanMinutes());
        assertEquals("roots", catalog.getPolicy());
        assertEquals(List.of("/home", "/scratch"), catalog.imagePolicy().roots());
        ImageRecord record = catalog.list().find("pytorch");
        assertEquals(ImageState.DEPRECATED, record.notes().state());
        assertEquals(List.of("team/a", "team/b"), record.notes().folders().patterns());
        assertEquals(
                List.of(new Bind("/data", "/data", false), new Bind("/scratch", "/s", true)),
                record.defaults().binds());
        assertEquals(Map.of("A", "1", "B", "x y"), record.defaults().environment());
        assertEquals(Gpu.NV, record.defaults().gpu());
        assertEquals(List.of("/usr/bin/python3", "-u"), record.defaults().interpreter());
        assertEquals(new RegistrySource(image.getPath(), "registry", true), record.source());
    }

    @Test
    void mistakesAreShownInTheForm(JenkinsRule j) {
        CatalogImageForm image = j.jenkins.getDescriptorByType(CatalogImageForm.class);
        assertEquals(FormValidation.Kind.ERROR, image.doCheckId("<b>").kind);
        assertEquals(FormValidation.Kind.ERROR, image.doCheckPath("python.sif").kind);
        assertEquals(FormValidation.Kind.OK, image.doCheckPath("").kind);
        assertEquals(FormValidation.Kind.OK, image.doCheckPath("docker://host:5000/a/b:1").kind);
        assertEquals(FormValidation.Kind.ERROR, image.doCheckPath("docker://ada:secret@host/b").kind);
        assertEquals(FormValidation.Kind.OK, image.doCheckRegistryCredentialsId("", "/i/x.sif").kind);
        assertEquals(FormValidation.Kind.WARNING, image.doCheckRegistryCredentialsId("id", "/i/x.sif").kind);
        assertEquals(FormValidation.Kind.WARNING, image.doCheckRegistryCredentialsId("gone", "docker://b").kind);
        assertEquals(FormValidation.Kind.ERROR, image.doCheckAliases("a b").kind);
        assertEquals(FormValidation.Kind.ERROR, image.doCheckBinds("data").kind);
        assertEquals(FormValidation.Kind.ERROR, image.doCheckEnvironment("A").kind);
        assertEquals(FormValidation.Kind.ERROR, image.doCheckInterpreter("a\nb").kind);
        assertEquals(FormValidation.Kind.ERROR, image.doCheckSha256("123").kind);
        assertEquals(FormValidation.Kind.ERROR, image.doCheckSigningKey("123").kind);
        ImageDirectory.DescriptorImpl directory = j.jenkins.getDescriptorByType(ImageDirectory.DescriptorImpl.class);
        assertEquals(FormValidation.Kind.ERROR, directory.doCheckPath("i").kind);
        assertEquals(FormValidation.Kind.OK, directory.doCheckCluster("").kind);
        assertEquals(FormValidation.Kind.WARNING, directory.doCheckCluster("main").kind);
        SlurmGlobalConfiguration.get()
                .setClusters(List.of(new SlurmCluster("main", "l", "/s"), new SlurmCluster("gpu", "l", "/s")));
        assertEquals(FormValidation.Kind.OK, directory.doCheckCluster("main").kind);
        assertEquals(FormValidation.Kind.ERROR, directory.doCheckCluster("").kind);
        assertEquals(List.of("main", "gpu"), directory.doFillClusterItems());
        assertEquals(FormValidation.Kind.ERROR, directory.doCheckLayouts("<type>.sif").kind);
        assertEquals(FormValidation.Kind.OK, directory.doCheckLayouts("").kind);
        assertEquals(FormValidation.Kind.ERROR, ImageCatalog.get().doCheckAllowedRoots("/a\nb").kind);
        assertEquals(FormValidation.Kind.ERROR, ImageCatalog.get().doCheckScanMinutes("-1").kind);
    }

    @Test
    void permissionsFollowFromTheUsualPermissionsOfJenkins(JenkinsRule j) throws Exception {
        j.jenkins.setSecurityRealm(j.createDummySecurityRealm());
        j.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.READ)
                .everywhere()
                .to("reader", "builder", "scanner", "editor")
                .grant(Item.BUILD)
                .everywhere()
                .to("builder")
                .grant(ImagePermissions.SCAN)
                .everywhere()
                .to("scanner")
                .grant(ImagePermissions.CONFIGURE)
                .everywhere()
                .to("editor")
                .grant(Jenkins.ADMINISTER)
                .everywhere()
                .to("admin"));
        Item job = j.createFreeStyleProject();
        Map<String, List<Permission>> expected = Map.of(
                "anonymous", List.of(),
                "reader", List.of(ImagePermissions.VIEW),
                "builder", List.of(ImagePermissions.VIEW, ImagePermissions.USE),
                "scanner", List.of(ImagePermissions.VIEW, ImagePermissions.SCAN),
                "editor", List.of(ImagePermissions.VIEW, ImagePermissions.CONFIGURE),
                "admin",
                        List.of(
                                ImagePermissions.VIEW,
                                ImagePermissions.USE,
                                ImagePermissions.SCAN,
                                ImagePermissions.CONFIGURE));
        for (Map.Entry<String, List<Permission>> user : expected.entrySet()) {
            var who = user.getKey().equals("anonymous")
                    ? Jenkins.ANONYMOUS2
                    : User.getById(user.getKey(), true).impersonate2();
            for (Permission permission : ImagePermissions.GROUP.getPermissions()) {
                assertEquals(
                        user.getValue().contains(permission),
                        job.getACL().hasPermission2(who, permission),
                        user.getKey() + " " + permission.name);
            }
        }
        assertEquals(4, ImagePermissions.GROUP.getPermissions().size());
    }

    @Test
    void hiddenImagesAreShownToUsersWhoMayConfigure(JenkinsRule j) throws Exception {
        CatalogImage hidden = new CatalogImage("hidden", "/i/x.sif");
        hidden.setState("hidden");
        ImageCatalog.get().setImages(List.of(hidden, new CatalogImage("shown", "/i/y.sif")));
        j.jenkins.setSecurityRealm(j.createDummySecurityRealm());
        j.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.READ)
                .everywhere()
                .to("reader")
                .grant(Jenkins.READ, ImagePermissions.CONFIGURE)
                .everywhere()
                .to("editor"));
        assertEquals(1, seenBy("reader"));
        assertEquals(2, seenBy("editor"));
        assertThrows(AccessDeniedException3.class, () -> seenBy("nobody"));
        CatalogImageForm form = j.jenkins.getDescriptorByType(CatalogImageForm.class);
        try (var as = hudson.security.ACL.as2(User.getById("reader", true).impersonate2())) {
            assertThrows(AccessDeniedException3.class, () -> form.doCheckId("x"));
            assertThrows(AccessDeniedException3.class, form::doFillStateItems);
            assertThrows(AccessDeniedException3.class, () -> ImageCatalog.get().doFillPolicyItems());
        }
        assertTrue(Jenkins.get().hasPermission(Jenkins.ADMINISTER));
    }

    private static int seenBy(String user) {
        try (var as = hudson.security.ACL.as2(User.getById(user, true).impersonate2())) {
            return ImageCatalog.get().visible().all().size();
        }
    }
}

package io.jenkins.plugins.slurmapptainer.config;

import static org.junit.jupiter.api.Assertions.assertEquals;

import hudson.util.FormValidation;
import io.jenkins.plugins.slurmapptainer.catalog.CatalogImage;
import io.jenkins.plugins.slurmapptainer.catalog.ImageCatalog;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.JenkinsSessionExtension;

/** Clusters and images through the form, and over a restart. */
class ConfigurationJenkinsTest {
    @RegisterExtension
    private final JenkinsSessionExtension sessions = new JenkinsSessionExtension();

    @Test
    void survivesTheFormAndARestart() throws Throwable {
        sessions.then(j -> {
            SlurmCluster cluster = new SlurmCluster("main", "slurm", "/shared/jenkins");
            cluster.setApptainer("/opt/apptainer/bin/apptainer");
            SlurmGlobalConfiguration.get().setClusters(List.of(cluster));
            SlurmGlobalConfiguration.get().setPollSeconds(30);
            CatalogImage image = new CatalogImage("python_3.11", "/images/compute/python_3.11.sif");
            image.setVersion("3.11.2");
            ImageCatalog.get().setImages(List.of(image));
            j.configRoundtrip();
            check(j);
        });
        sessions.then(ConfigurationJenkinsTest::check);
    }

    private static void check(JenkinsRule j) throws Exception {
        SlurmCluster expected = new SlurmCluster("main", "slurm", "/shared/jenkins");
        expected.setApptainer("/opt/apptainer/bin/apptainer");
        j.assertEqualDataBoundBeans(
                List.of(expected), SlurmGlobalConfiguration.get().getClusters());
        assertEquals(30, SlurmGlobalConfiguration.get().getPollSeconds());
        assertEquals("3.11.2", ImageCatalog.get().list().find("python_3.11").version());
        assertEquals("compute", ImageCatalog.get().list().find("python_3.11").type());
    }

    @Test
    void mistakesAreSaidInTheForm() throws Throwable {
        sessions.then(j -> {
            SlurmCluster.DescriptorImpl descriptor = j.jenkins.getDescriptorByType(SlurmCluster.DescriptorImpl.class);
            assertEquals(FormValidation.Kind.ERROR, descriptor.doCheckName("a b").kind);
            assertEquals(FormValidation.Kind.OK, descriptor.doCheckName("main").kind);
            assertEquals(FormValidation.Kind.ERROR, descriptor.doCheckSharedDirectory("relative").kind);
            assertEquals(FormValidation.Kind.ERROR, descriptor.doCheckSharedDirectory("/a/../b").kind);
            assertEquals(FormValidation.Kind.WARNING, descriptor.doCheckHeadNodeLabel("nobody").kind);
            CatalogImage.DescriptorImpl image = j.jenkins.getDescriptorByType(CatalogImage.DescriptorImpl.class);
            assertEquals(FormValidation.Kind.ERROR, image.doCheckPath("python.sif").kind);
            assertEquals(FormValidation.Kind.ERROR, image.doCheckId("<b>").kind);
        });
    }
}

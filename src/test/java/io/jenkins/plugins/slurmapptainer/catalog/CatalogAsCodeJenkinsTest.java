package io.jenkins.plugins.slurmapptainer.catalog;

import static io.jenkins.plugins.casc.misc.Util.getUnclassifiedRoot;
import static io.jenkins.plugins.casc.misc.Util.toStringFromYamlFile;
import static io.jenkins.plugins.casc.misc.Util.toYamlString;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.jenkins.plugins.casc.ConfigurationAsCode;
import io.jenkins.plugins.casc.ConfigurationContext;
import io.jenkins.plugins.casc.ConfiguratorRegistry;
import io.jenkins.plugins.casc.misc.ConfiguredWithCode;
import io.jenkins.plugins.casc.misc.JenkinsConfiguredWithCodeRule;
import io.jenkins.plugins.casc.misc.junit.jupiter.WithJenkinsConfiguredWithCode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every field of the catalog by Configuration as Code: import, export, and the export imported again. */
@WithJenkinsConfiguredWithCode
class CatalogAsCodeJenkinsTest {
    @TempDir
    private Path folder;

    private static String export() throws Exception {
        ConfigurationContext context = new ConfigurationContext(ConfiguratorRegistry.get());
        return toYamlString(getUnclassifiedRoot(context).get("apptainerImageCatalog"));
    }

    @Test
    @ConfiguredWithCode("catalog.yml")
    void everyFieldIsImported(JenkinsConfiguredWithCodeRule j) throws Exception {
        ImageDirectory directory = new ImageDirectory("/i");
        directory.setCluster("main");
        directory.setLayouts("<name>.sif");
        ImageCatalog catalog = ImageCatalog.get();
        j.assertEqualDataBoundBeans(
                List.of(CompleteImage.create(), new CatalogImage("plain", "/i/plain.sif")), catalog.getImages());
        j.assertEqualDataBoundBeans(List.of(directory), catalog.getDirectories());
        assertEquals(7, catalog.getScanMinutes());
        assertEquals("roots", catalog.getPolicy());
        assertEquals(List.of("/home", "/scratch"), catalog.imagePolicy().roots());
    }

    @Test
    @ConfiguredWithCode("catalog.yml")
    void whatIsExportedCanBeImportedAgain(JenkinsConfiguredWithCodeRule j) throws Exception {
        String exported = export();
        assertEquals(toStringFromYamlFile(this, "catalog-exported.yml"), exported);
        ImageCatalog catalog = ImageCatalog.get();
        catalog.setImages(List.of());
        catalog.setDirectories(List.of());
        catalog.setPolicy("any");
        Path file = Files.writeString(
                folder.resolve("jenkins.yaml"), "unclassified:\n  apptainerImageCatalog:\n" + exported.indent(4));
        ConfigurationAsCode.get().configure(file.toUri().toString());
        everyFieldIsImported(j);
        assertEquals(exported, export());
    }
}

package io.jenkins.plugins.slurmapptainer.build;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** pom.xml and src/central/pom.xml build the same plugin. */
class PomsAgreeTest {
    /** How the manifest of a plugin marks what it can do without. */
    private static final String OPTIONAL = ";resolution:=optional";

    private final PomFile real = new PomFile("pom.xml");
    private final PomFile central = new PomFile("src/central/pom.xml");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "groupId",
                "artifactId",
                "version",
                "name",
                "url",
                "licenses/license/name",
                "licenses/license/url",
                "scm/connection",
                "scm/developerConnection",
                "scm/url",
                "properties/jenkins.baseline",
                "properties/jenkins.version",
                "properties/awaitility.version",
                "properties/palantirJavaFormat.version"
            })
    void bothPomsSayTheSame(String path) {
        assertEquals(real.text("/project/" + path), central.text("/project/" + path));
    }

    @ParameterizedTest
    @ValueSource(strings = {"reason", "basePackages/basePackage", "bannedImports/bannedImport"})
    void bothPomsKeepJenkinsOutOfTheSamePackages(String path) {
        String rule = "//execution[id='check-pure-packages']//RestrictImports/" + path;
        assertFalse(real.texts(rule).isEmpty());
        assertEquals(real.texts(rule), central.texts(rule));
    }

    @Test
    void javaReleaseIsTheParents() {
        assertEquals("17", central.text("/project/properties/maven.compiler.release"));
        assertEquals(Set.of(), Set.copyOf(real.texts("/project/properties/*[starts-with(name(), 'maven.compiler.')]")));
    }

    @Test
    void manifestNamesThePluginsThatPomXmlDependsOn() {
        Set<String> dependencies = new TreeSet<>(
                real.texts("/project/dependencies/dependency[not(scope) and not(classifier)]/artifactId"));
        Set<String> optional = Set.copyOf(real.texts("/project/dependencies/dependency[optional='true']/artifactId"));
        Set<String> inManifest = new TreeSet<>();
        for (String dependency :
                central.text("/project/properties/plugin.dependencies").split(",")) {
            String[] nameAndVersion = dependency.replace(OPTIONAL, "").split(":");
            assertEquals(2, nameAndVersion.length, dependency);
            assertTrue(nameAndVersion[1].matches("[0-9][0-9A-Za-z._-]*"), dependency);
            assertTrue(inManifest.add(nameAndVersion[0]), () -> "twice: " + dependency);
            assertEquals(
                    optional.contains(nameAndVersion[0]),
                    dependency.endsWith(OPTIONAL),
                    () -> "optional: " + dependency);
        }
        assertEquals(dependencies, inManifest);
    }

    @Test
    void dependenciesHaveTheBomsVersionsInPomXml() {
        assertEquals(Set.of(), Set.copyOf(real.texts("/project/dependencies/dependency/version")));
    }
}

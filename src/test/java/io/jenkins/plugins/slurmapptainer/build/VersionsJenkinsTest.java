package io.jenkins.plugins.slurmapptainer.build;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Node;

/**
 * The versions in src/central/pom.xml are those that the BOM and the parent of pom.xml lead to: of libraries and plugins by what is on
 * the class path, of Maven's plugins and what they check by the parent POM, which Maven has in its local repository.
 */
class VersionsJenkinsTest {
    private static final Pattern VERSION = Pattern.compile("-([0-9][^/\\\\]*)\\.jar");

    private final PomFile central = new PomFile("src/central/pom.xml");
    private final PomFile parent = parent();
    private final List<String> jars = Stream.of(
                    System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"))
                            .split(File.pathSeparator))
            .map(path -> new File(path).getName())
            .toList();

    @Test
    void pluginsInTheManifest() {
        for (String dependency :
                central.text("/project/properties/plugin.dependencies").split(",")) {
            String[] nameAndVersion =
                    dependency.replace(";resolution:=optional", "").split(":");
            assertVersion(nameAndVersion[0], nameAndVersion[1]);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ant",
                "commons-io",
                "groovy-all",
                "jakarta.servlet-api",
                "localizer",
                "sezpoz",
                "spotbugs-annotations"
            })
    void libraries(String name) {
        assertVersion(name, central.text("/project/dependencies/dependency[artifactId='" + name + "']/version"));
    }

    @Test
    void pluginsOfMaven() {
        List<String> names = central.texts("/project/build/plugins/plugin/artifactId");
        assertFalse(names.isEmpty());
        for (String name : names) {
            String version = "plugin[artifactId='" + name + "']/version";
            assertEquals(
                    parent.text("/project/build/pluginManagement/plugins/" + version),
                    central.text("/project/build/plugins/" + version),
                    name);
        }
    }

    @Test
    void rulesOfTheEnforcer() {
        String rule = "/project/build/plugins/plugin/dependencies"
                + "/dependency[artifactId='restrict-imports-enforcer-rule']/version";
        assertEquals(parent.text(rule), central.text(rule));
    }

    @Test
    void frameworksOfTheTests() {
        String junit = "/project/dependencyManagement/dependencies/dependency[artifactId='junit-bom']/version";
        assertEquals(parent.text(junit), central.text(junit));
    }

    @Test
    void javaRelease() {
        String release = "/project/properties/maven.compiler.release";
        assertEquals(parent.text(release), central.text(release));
    }

    /** The version of the formatter is in both POMs of this project, not the parent's: PomsAgreeTest compares it. */
    @Test
    void stepsOfTheFormatter() {
        String configuration = "/project/build/plugins/plugin[artifactId='spotless-maven-plugin']/configuration/";
        String java = configuration + "java/*[not(self::includes) and not(self::palantirJavaFormat)]";
        String pom = configuration + "pom/*[not(self::includes)]/*";
        assertFalse(names(parent, java).isEmpty());
        assertEquals(names(parent, java), names(central, java));
        assertEquals(names(parent, pom), names(central, pom));
        assertEquals(parent.texts(pom), central.texts(pom));
    }

    private static List<String> names(PomFile pom, String path) {
        return pom.nodes(path).stream().map(Node::getNodeName).toList();
    }

    private static PomFile parent() {
        String repository = System.getProperty("localRepository");
        assertNotNull(repository, "surefire says where Maven's local repository is");
        PomFile real = new PomFile("pom.xml");
        String folder = real.text("/project/parent/groupId").replace('.', '/');
        String name = real.text("/project/parent/artifactId");
        String version = real.text("/project/parent/version");
        return new PomFile(Path.of(repository, folder, name, version, name + "-" + version + ".pom")
                .toString());
    }

    private void assertVersion(String name, String version) {
        Map<String, Integer> found = jars.stream()
                .filter(jar -> jar.startsWith(name) && !jar.endsWith("-tests.jar"))
                .map(jar -> VERSION.matcher(jar.substring(name.length())))
                .filter(Matcher::matches)
                .collect(Collectors.toMap(matcher -> matcher.group(1), matcher -> 1, Integer::sum));
        assertTrue(!found.isEmpty(), () -> name + " is not on the class path");
        assertEquals(Map.of(version, 1), found, name);
    }
}

package io.jenkins.plugins.slurmapptainer.build;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The versions in src/central/pom.xml are those that the BOM and the parent of pom.xml lead to. */
class VersionsJenkinsTest {
    private static final Pattern VERSION = Pattern.compile("-([0-9][^/\\\\]*)\\.jar");

    private final PomFile central = new PomFile("src/central/pom.xml");
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

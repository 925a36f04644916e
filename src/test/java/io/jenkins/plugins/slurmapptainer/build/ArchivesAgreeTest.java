package io.jenkins.plugins.slurmapptainer.build;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Both builds make the same plugin. Run after both by {@code make test}, with the properties {@code archive.jenkins} and
 * {@code archive.central}.
 */
@Tag("archives")
class ArchivesAgreeTest {
    private static final Set<String> ABOUT_THE_BUILD =
            Set.of("Ant-Version", "Build-Jdk-Spec", "Created-By", "Java-Version", "Specification-Version");

    private PluginArchive jenkins;
    private PluginArchive central;

    @BeforeEach
    void read() throws IOException {
        jenkins = archive("archive.jenkins");
        central = archive("archive.central");
    }

    private static PluginArchive archive(String property) throws IOException {
        String file = System.getProperty(property);
        assertNotNull(file, property + " is not set: this test is run by make test");
        return new PluginArchive(Path.of(file));
    }

    /** Maven's own description of the project, and a list of licences of which nothing but a page of Jenkins is made. */
    private static boolean isExtra(String name) {
        return name.startsWith("META-INF/maven/") || name.equals("WEB-INF/licenses.xml");
    }

    @Test
    void theArchivesHaveTheSameFiles() {
        assertEquals(Set.of(), onlyInOne(jenkins.files(), central.files()));
        assertEquals(Set.of(), onlyInOne(jenkins.library(), central.library()));
        assertTrue(names(central.library()).stream().anyMatch(name -> name.endsWith(".stapler")));
    }

    @Test
    void theFilesHaveTheSameContents() throws IOException {
        Map<String, byte[]> expected = jenkins.library();
        Map<String, byte[]> real = central.library();
        Set<String> different = new TreeSet<>();
        for (String name : names(expected)) {
            if (!name.endsWith(".class") && real.containsKey(name) && !same(name, expected.get(name), real.get(name))) {
                different.add(name);
            }
        }
        assertEquals(Set.of(), different);
    }

    @Test
    void theClassesAreTheSame() {
        Map<String, byte[]> expected = jenkins.library();
        Set<String> different = names(central.library()).stream()
                .filter(name -> name.endsWith(".class"))
                .filter(name ->
                        !Arrays.equals(expected.get(name), central.library().get(name)))
                .collect(Collectors.toCollection(TreeSet::new));
        assertEquals(Set.of(), different);
    }

    @Test
    void theManifestsAreTheSame() throws IOException {
        assertFalse(jenkins.manifest().isEmpty());
        assertEquals(plugin(jenkins.manifest()), plugin(central.manifest()));
        assertEquals(plugin(jenkins.libraryManifest()), plugin(central.libraryManifest()));
    }

    /**
     * Jenkins' Stapler writes the names of parameters once for all methods of one name, in whichever class comes first. It finds the
     * names in the classes, too, which are compiled with {@code -parameters}.
     */
    private static boolean isLeftOut(String name, byte[] content, Map<String, byte[]> expected) {
        String method = name.substring(name.lastIndexOf('/'));
        return method.matches("/(do|js)[A-Z]\\w*\\.stapler")
                && expected.entrySet().stream()
                        .anyMatch(file -> file.getKey().endsWith(method) && Arrays.equals(file.getValue(), content));
    }

    private static Set<String> onlyInOne(Map<String, byte[]> expected, Map<String, byte[]> real) {
        Set<String> different = new TreeSet<>();
        names(expected).stream()
                .filter(name -> !real.containsKey(name))
                .forEach(name -> different.add("lacks " + name));
        names(real).stream()
                .filter(name -> !expected.containsKey(name) && !isLeftOut(name, real.get(name), expected))
                .forEach(name -> different.add("has " + name));
        return different;
    }

    private static Set<String> names(Map<String, byte[]> files) {
        return files.keySet().stream().filter(name -> !isExtra(name)).collect(Collectors.toCollection(TreeSet::new));
    }

    private static boolean same(String name, byte[] expected, byte[] real) throws IOException {
        if (name.equals("META-INF/MANIFEST.MF")) {
            return true; // below
        }
        if (name.endsWith(".stapler") || name.endsWith(".javadoc")) {
            return properties(expected).equals(properties(real));
        }
        return Arrays.equals(expected, real) || isIndex(name) && lines(expected).equals(lines(real));
    }

    private static boolean isIndex(String name) {
        return name.startsWith("META-INF/services/annotations/") || name.equals("META-INF/exposed.stapler-beans");
    }

    /** Without the comment, which is the time at which they were written. */
    private static Properties properties(byte[] content) throws IOException {
        Properties properties = new Properties();
        properties.load(new ByteArrayInputStream(content));
        return properties;
    }

    private static Set<String> lines(byte[] content) {
        return new String(content, StandardCharsets.UTF_8).lines().collect(Collectors.toCollection(TreeSet::new));
    }

    /**
     * Without what is about the build itself: its tools, the version of Java's packages that Maven makes up, and who made a snapshot.
     * Dependencies have no order.
     */
    private static Map<String, String> plugin(Map<String, String> manifest) {
        Map<String, String> plugin = new TreeMap<>(manifest);
        plugin.keySet().removeAll(ABOUT_THE_BUILD);
        plugin.computeIfPresent("Plugin-Version", (name, version) -> version.replaceFirst(" \\(private-.*", ""));
        plugin.computeIfPresent(
                "Plugin-Dependencies", (name, text) -> new TreeSet<>(List.of(text.split(","))).toString());
        return plugin;
    }
}

package io.jenkins.plugins.slurmapptainer.build;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** src/build/jenkins-artifacts.sh, with a script in Maven's place that says and leaves what Maven does. */
@Timeout(60)
class JenkinsArtifactsTest {
    private static final String OLD = "Apache Maven 3.8.7";
    /** Maven's `unpack` where there is no POM. */
    private static final String UNPACK = """
            for argument; do case $argument in -DoutputDirectory=*) to=${argument#*=} ;; esac; done
            mkdir -p "$to/apache-maven-3.9.11/bin" '${project.basedir}/target/dependency-maven-plugin-markers'
            touch "$to/apache-maven-3.9.11/bin/mvn"
            """;

    @TempDir
    private Path folder;

    private Path cache;

    @BeforeEach
    void makeCache() throws IOException {
        cache = Files.createDirectories(folder.resolve("cache/slurm-apptainer"));
    }

    @Test
    void aDownloadedMavenIsTheOnlyThingInTheCache() throws Exception {
        maven(OLD, UNPACK);
        assertEquals(cache + "/apache-maven-3.9.11/bin/mvn", run("jenkins_maven; echo \"$MVN\""));
        assertEquals(List.of("apache-maven-3.9.11"), cached());
        assertEquals(cache + "/apache-maven-3.9.11/bin/mvn", run("jenkins_maven; echo \"$MVN\""), "the second time");
    }

    @Test
    void aMavenThatCannotBeFetchedLeavesNothing() throws Exception {
        maven(OLD, "mkdir -p '${project.basedir}'\nexit 1");
        assertEquals(
                "Maven 3.9.11 could not be fetched, and this machine's is 3.8.7",
                run("jenkins_maven || echo \"$missing\""));
        assertEquals(List.of(), cached());
    }

    @Test
    void aMavenThatIsNewEnoughIsUsed() throws Exception {
        Path mine = maven("Apache Maven 3.9.6 (abc)", "exit 1");
        assertEquals(mine.toString(), run("jenkins_maven; echo \"$MVN\""));
        assertEquals(List.of(), cached());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Extension io.jenkins.tools.incrementals:git-changelist-maven-extension:1.13 or one of its dependencies could not"
                        + " be resolved: Failed to read artifact descriptor",
                "Non-resolvable parent POM for io.jenkins.plugins:slurm-apptainer:${changelist}: Could not transfer artifact"
                        + " org.jenkins-ci.plugins:plugin:pom:1",
                "Unresolveable build extension: Plugin org.jenkins-ci.tools:maven-hpi-plugin:1 or one of its dependencies could"
                        + " not be resolved"
            })
    void missingArtifactsAreNamed(String message) throws Exception {
        maven(OLD, "echo '[ERROR] " + message + "'; exit 1");
        assertEquals("missing: " + message, run("jenkins_artifacts_resolve || echo \"missing: $missing\""));
    }

    @Test
    void anErrorInThePomIsNotReportedAsMissingArtifact() throws Exception {
        maven(OLD, "echo '[ERROR] Malformed POM'; exit 1");
        assertEquals("there", run("jenkins_artifacts_resolve && echo there"));
    }

    private Path maven(String version, String otherwise) throws IOException {
        Path script = folder.resolve("mvn");
        Files.writeString(
                script,
                "#!/bin/bash\ncase \" $* \" in *' --version '*) echo '" + version + "'; exit ;; esac\n" + otherwise
                        + "\n");
        return Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private String run(String commands) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(
                "bash", "-euc", ". src/build/common.sh; . src/build/jenkins-artifacts.sh; " + commands);
        builder.environment().put("XDG_CACHE_HOME", folder.resolve("cache").toString());
        builder.environment().put("MVN", folder.resolve("mvn").toString());
        Path answer = folder.resolve("answer");
        Process process = builder.redirectErrorStream(false)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .redirectOutput(answer.toFile())
                .start();
        process.getOutputStream().close();
        assertTrue(process.waitFor(50, TimeUnit.SECONDS), "it does not end");
        return Files.readString(answer, StandardCharsets.UTF_8).strip();
    }

    private List<String> cached() throws IOException {
        try (Stream<Path> files = Files.list(cache)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }
}

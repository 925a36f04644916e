package io.jenkins.plugins.slurmapptainer.jenkinstest;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import hudson.model.Computer;
import hudson.model.Node;
import hudson.model.Slave;
import hudson.slaves.DumbSlave;
import hudson.slaves.RetentionStrategy;
import io.jenkins.plugins.slurmapptainer.catalog.CatalogImage;
import io.jenkins.plugins.slurmapptainer.catalog.ImageCatalog;
import io.jenkins.plugins.slurmapptainer.config.SlurmCluster;
import io.jenkins.plugins.slurmapptainer.config.SlurmGlobalConfiguration;
import io.jenkins.plugins.slurmapptainer.waiting.Waits;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import jenkins.model.Jenkins;
import org.jvnet.hudson.test.SimpleCommandLauncher;

/**
 * The cluster of this machine as a Jenkins controller has it: an agent that runs as the cluster's user, the configured
 * cluster and the catalog with the sample image. {@code src/cluster/cluster up} starts the cluster.
 */
public final class ClusterAgent {
    public static final String LABEL = "slurm";
    public static final String NAME = "head-node";

    /** Marks the agent that has nothing special. */
    private static final String PLAIN = "the head node of the cluster";

    private static final Map<String, String> known = new HashMap<>();

    private final File project;
    private final Map<String, String> environment;

    /** @param project the project's directory; a controller in a process of its own has another working directory */
    public ClusterAgent(File project) throws IOException, InterruptedException {
        this.project = project;
        this.environment = environment(project);
    }

    /** Whether the cluster is there; tests that need it are left out otherwise. */
    public static boolean isUp() {
        try {
            return new ClusterAgent(new File("").getAbsoluteFile())
                    .command("sinfo", "--noheader")
                    .contains("group1");
        } catch (IOException | InterruptedException | IllegalStateException e) {
            return false;
        }
    }

    /** The cluster of this machine; the test is left out if there is none. */
    public static ClusterAgent found() throws IOException, InterruptedException {
        assumeTrue(isUp(), "there is no cluster");
        return new ClusterAgent(new File("").getAbsoluteFile());
    }

    /** The cluster's variables, asked for once: it stays the same while tests run. */
    private static synchronized Map<String, String> environment(File project) throws IOException, InterruptedException {
        if (known.isEmpty()) {
            known.putAll(ask(project));
        }
        return Map.copyOf(known);
    }

    private static Map<String, String> ask(File project) throws IOException, InterruptedException {
        Map<String, String> variables = new HashMap<>();
        output(new ProcessBuilder(new File(project, "src/cluster/as-user").getPath(), "env"))
                .lines()
                .filter(line -> line.contains("="))
                .forEach(line ->
                        variables.put(line.substring(0, line.indexOf('=')), line.substring(line.indexOf('=') + 1)));
        if (!variables.containsKey("SHARED_DIR")) {
            throw new IllegalStateException("no cluster: " + variables);
        }
        return variables;
    }

    public String shared() {
        return environment.get("SHARED_DIR");
    }

    /** Where {@code src/cluster/lib/mounts.sh} mounts small file systems, {@code null} if this cluster has none. */
    public String mounts() {
        return environment.get("MOUNTS_DIR");
    }

    /** Runs a command as the cluster's user and returns all that it prints. */
    public String command(String... argv) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(new File(project, "src/cluster/as-user").getPath());
        builder.command().addAll(List.of(argv));
        return output(builder);
    }

    /** Slurm's word for the state of a job, also of one that has ended. */
    public String state(String jobId) throws IOException, InterruptedException {
        return command("squeue", "--noheader", "--states=all", "--format=%T", "--jobs=" + jobId)
                .strip();
    }

    /** Whether this process started the cluster's daemons, or could have, and so may administer it. */
    public boolean isOurs() {
        return environment.containsKey("SLURM_CONF") && "root".equals(System.getProperty("user.name"));
    }

    /** Runs a command as the cluster's administrator and returns all that it prints. */
    public String administratorCommand(String... argv) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(argv);
        builder.environment().put("SLURM_CONF", environment.get("SLURM_CONF"));
        builder.environment().put("PATH", environment.get("PATH"));
        return output(builder);
    }

    private static String output(ProcessBuilder builder) throws IOException, InterruptedException {
        Process process = builder.redirectErrorStream(true).start();
        try (InputStream in = process.getInputStream()) {
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            process.waitFor();
            return text;
        }
    }

    /** Configures cluster and catalog, and adds the agent unless an earlier test has left it; returns when it is online. */
    public Slave attach(Jenkins jenkins) throws Exception {
        configure();
        Node there = jenkins.getNode(NAME);
        if (there != null && isReusable(there)) {
            return (Slave) there;
        }
        Slave agent = attach(jenkins, NAME, LABEL, "");
        agent.setNodeDescription(PLAIN);
        return agent;
    }

    /** Whether a node is the agent that {@link #attach(Jenkins)} adds, as it was added, and is online. */
    static boolean isReusable(Node node) {
        Computer computer = node.toComputer();
        return PLAIN.equals(node.getNodeDescription())
                && LABEL.equals(node.getLabelString())
                && computer != null
                && computer.isOnline();
    }

    /**
     * Adds an agent, or replaces the one of that name; returns when it is online.
     *
     * @param commands directory of commands that come before all others, empty for none
     */
    public Slave attach(Jenkins jenkins, String name, String label, String commands) throws Exception {
        return attach(jenkins, name, label, commands, "");
    }

    /**
     * Adds an agent that sees an empty directory of its own where the cluster has the shared one; left out where a user may
     * not mount anything in a namespace.
     */
    public Slave attachElsewhere(Jenkins jenkins, String name, String label) throws Exception {
        String wrapper = "unshare --map-root-user --mount "
                + command(
                                "sh",
                                "-c",
                                "f=$(mktemp /var/tmp/elsewhere.XXXXXX) && chmod 755 $f && printf '%s\\n' '#!/bin/sh'"
                                        + " 'mount -t tmpfs tmpfs " + shared() + " && exec \"$@\"' >$f && echo $f")
                        .strip();
        List<String> tried = new ArrayList<>(List.of(wrapper.split(" ")));
        tried.addAll(List.of("echo", "mounted"));
        assumeTrue(
                command(tried.toArray(new String[0])).strip().equals("mounted"), "a user may not mount anything here");
        return attach(jenkins, name, label, "", wrapper + " ");
    }

    private Slave attach(Jenkins jenkins, String name, String label, String commands, String wrapper) throws Exception {
        Path directory = Files.createTempDirectory(
                Path.of("/var/tmp"),
                "agent",
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x")));
        Path jar = directory.resolve("agent.jar");
        try (InputStream in = jenkins.getJnlpJars("agent.jar").getURL().openStream()) {
            Files.copy(in, jar);
        }
        String remote = command("mktemp", "-d", "/var/tmp/agent-root.XXXXXX").strip();
        String path = (commands.isEmpty() ? "" : commands + ":") + environment.get("PATH");
        String java = System.getProperty("java.home") + "/bin/java";
        DumbSlave agent = new DumbSlave(
                name,
                remote,
                new SimpleCommandLauncher(project + "/src/cluster/as-user env PATH=" + path + " " + wrapper + java + " "
                        + String.join(" ", ControllerProcess.SHORT_LIVED) + " -jar " + jar));
        agent.setLabelString(label);
        agent.setRetentionStrategy(RetentionStrategy.NOOP);
        agent.setNumExecutors(4);
        Node before = jenkins.getNode(name);
        if (before != null) {
            // Of a controller that was restarted: it cannot load the launcher, which belongs to the tests.
            jenkins.removeNode(before);
        }
        jenkins.addNode(agent);
        waitOnline(jenkins, name);
        return agent;
    }

    /** Waits for the agent, for example after a restart of the controller. */
    public static void waitOnline(Jenkins jenkins) throws InterruptedException {
        waitOnline(jenkins, NAME);
    }

    private static void waitOnline(Jenkins jenkins, String name) throws InterruptedException {
        Waits.within(Duration.ofMinutes(2))
                .alias("the agent " + name + " comes online")
                .until(() -> {
                    Computer computer = jenkins.getComputer(name);
                    return computer != null && computer.isOnline();
                });
    }

    public void configure() {
        SlurmGlobalConfiguration.get().setClusters(List.of(new SlurmCluster("main", LABEL, shared())));
        ImageCatalog.get()
                .setImages(List.of(
                        new CatalogImage("python_3.11", environment.get("IMAGES_DIR") + "/compute/python_3.11.sif")));
    }

    /**
     * Adds another of the cluster's images to the catalog.
     *
     * @return whether the cluster has it
     */
    public boolean addImage(String id) {
        Path file = Path.of(environment.get("IMAGES_DIR"), "compute", id + ".sif");
        List<CatalogImage> all = new ArrayList<>(ImageCatalog.get().getImages());
        all.add(new CatalogImage(id, file.toString()));
        ImageCatalog.get().setImages(all);
        return Files.exists(file);
    }
}

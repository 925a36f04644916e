package io.jenkins.plugins.slurmapptainer.jenkinstest;

import io.jenkins.plugins.slurmapptainer.waiting.Waits;
import java.io.File;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import org.awaitility.core.ConditionTimeoutException;

/** A registry on this machine's loopback, by HTTP, that only one user may enter: Debian's package docker-registry. */
public final class LocalRegistry implements AutoCloseable {
    public static final String USER = "ada";
    public static final String PASSWORD = "hunter2-registry";
    /** Of the password, by bcrypt. */
    private static final String HASH = "$2b$05$abcdefghijklmnopqrstuulZu.ILEXqeNBq7QTUS3kx8ZZIO3trhO";

    private static final String PROGRAM = "/usr/bin/docker-registry";

    private final Path directory;
    private final int port;
    private final Process process;
    private final HttpClient client = HttpClient.newHttpClient();

    /** @param directory an empty one, for its data */
    public LocalRegistry(Path directory) throws IOException, InterruptedException {
        this.directory = directory;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        Files.writeString(directory.resolve("htpasswd"), USER + ":" + HASH + "\n");
        Path config = Files.writeString(
                directory.resolve("config.yml"),
                "version: 0.1\nstorage: {filesystem: {rootdirectory: " + directory + "/data}}\n"
                        + "http: {addr: '127.0.0.1:" + port + "'}\n"
                        + "auth: {htpasswd: {realm: test, path: " + directory + "/htpasswd}}\n");
        process = new ProcessBuilder(PROGRAM, "serve", config.toString())
                .redirectErrorStream(true)
                .redirectOutput(log().toFile())
                .start();
        try {
            Waits.within(Duration.ofMinutes(2), Duration.ofMillis(100))
                    .ignoreExceptionsInstanceOf(IOException.class)
                    .until(() -> send(request("/v2/").GET()).statusCode() == 200);
        } catch (ConditionTimeoutException e) {
            close();
            throw new IllegalStateException("the registry did not start: " + Files.readString(log()), e);
        }
    }

    /** Whether the package is there; tests that need it are left out otherwise. */
    public static boolean isInstalled() {
        return new File(PROGRAM).canExecute();
    }

    private Path log() {
        return directory.resolve("log");
    }

    /** Host and port, as a reference has them. */
    public String host() {
        return "127.0.0.1:" + port;
    }

    /** How often something was downloaded. */
    public long downloads(String repository) throws IOException {
        return Files.readAllLines(log()).stream()
                .filter(line -> line.contains("\"GET /v2/" + repository + "/blobs/") && line.contains("\" 200 "))
                .count();
    }

    private HttpRequest.Builder request(String path) {
        String login = USER + ":" + PASSWORD;
        URI address = path.startsWith("http") ? URI.create(path) : URI.create("http://" + host() + path);
        return HttpRequest.newBuilder(address)
                .header(
                        "Authorization",
                        "Basic " + Base64.getEncoder().encodeToString(login.getBytes(StandardCharsets.UTF_8)));
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    /** Stores an OCI image that has this machine's bash; returns its digest, with {@code sha256:} before it. */
    public String putImage(String repository, String tag) throws Exception {
        Path tar = directory.resolve("layer.tar");
        String files = "tar --create --dereference --file=\"$0\" --directory=/ bin/bash bin/cat"
                + " $(ldd /bin/bash /bin/cat | grep -o '/[^ ]*' | grep -v : | sort -u | cut -c 2-)";
        Process packing = new ProcessBuilder("bash", "-c", files, tar.toString())
                .redirectErrorStream(true)
                .start();
        String said = new String(packing.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (packing.waitFor() != 0) {
            throw new IOException(said);
        }
        byte[] layer = Files.readAllBytes(tar);
        String architecture = System.getProperty("os.arch").equals("aarch64") ? "arm64" : "amd64";
        byte[] config = ("{\"architecture\":\"" + architecture + "\",\"os\":\"linux\",\"config\":{},"
                        + "\"rootfs\":{\"type\":\"layers\",\"diff_ids\":[\"" + digest(layer) + "\"]}}")
                .getBytes(StandardCharsets.UTF_8);
        putBlob(repository, layer);
        putBlob(repository, config);
        String type = "application/vnd.oci.image.";
        byte[] manifest = ("{\"schemaVersion\":2,\"mediaType\":\"" + type + "manifest.v1+json\",\"config\":"
                        + descriptor(type + "config.v1+json", config) + ",\"layers\":["
                        + descriptor(type + "layer.v1.tar", layer) + "]}")
                .getBytes(StandardCharsets.UTF_8);
        require(send(request("/v2/" + repository + "/manifests/" + tag)
                .header("Content-Type", type + "manifest.v1+json")
                .PUT(HttpRequest.BodyPublishers.ofByteArray(manifest))));
        return digest(manifest);
    }

    private void putBlob(String repository, byte[] bytes) throws Exception {
        HttpResponse<String> begun =
                send(request("/v2/" + repository + "/blobs/uploads/").POST(HttpRequest.BodyPublishers.noBody()));
        String location = begun.headers().firstValue("Location").orElseThrow();
        require(send(request(location + "&digest=" + digest(bytes))
                .header("Content-Type", "application/octet-stream")
                .PUT(HttpRequest.BodyPublishers.ofByteArray(bytes))));
    }

    private static void require(HttpResponse<String> response) throws IOException {
        if (response.statusCode() != 201) {
            throw new IOException(response + ": " + response.body());
        }
    }

    private static String descriptor(String type, byte[] bytes) throws Exception {
        return "{\"mediaType\":\"" + type + "\",\"digest\":\"" + digest(bytes) + "\",\"size\":" + bytes.length + "}";
    }

    private static String digest(byte[] bytes) throws Exception {
        return "sha256:"
                + HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    }

    /** Environment by which {@code apptainer push} logs in. */
    public static List<String> login() {
        return List.of("APPTAINER_DOCKER_USERNAME=" + USER, "APPTAINER_DOCKER_PASSWORD=" + PASSWORD);
    }

    @Override
    public void close() throws InterruptedException {
        process.destroy();
        process.waitFor();
    }
}

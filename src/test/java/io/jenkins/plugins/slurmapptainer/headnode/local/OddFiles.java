package io.jenkins.plugins.slurmapptainer.headnode.local;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Makes what is no ordinary file. */
final class OddFiles {
    private OddFiles() {}

    static Path pipe(Path path) throws Exception {
        run("mkfifo", path.toString());
        return path;
    }

    static void socket(Path path) throws IOException {
        // The name of a socket has to be short.
        Path near = Files.createTempDirectory(Path.of("/tmp"), "s");
        Path socket = near.resolve("s");
        try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            server.bind(UnixDomainSocketAddress.of(socket));
        }
        Files.move(socket, path);
        Files.delete(near);
    }

    static void link(Path path, String to) throws IOException {
        Files.createSymbolicLink(path, Path.of(to));
    }

    /** A file whose name is no UTF-8: {@code caf?.txt} with the byte E9. */
    static void latin1(Path directory) throws Exception {
        run("bash", "-c", "echo x >\"$0\"/$'caf\\xe9.txt'", directory.toString());
    }

    private static void run(String... command) throws Exception {
        Process process = new ProcessBuilder(List.of(command)).inheritIO().start();
        assertEquals(0, process.waitFor());
    }
}

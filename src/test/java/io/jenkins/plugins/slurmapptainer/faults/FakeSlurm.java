package io.jenkins.plugins.slurmapptainer.faults;

import io.jenkins.plugins.slurmapptainer.slurm.SlurmAccess;
import io.jenkins.plugins.slurmapptainer.slurm.SlurmJwt;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;

/** Slurm's commands over a folder of states; see {@code fake-slurm}, which explains the names of the files. */
final class FakeSlurm {
    private final Path state;

    FakeSlurm(Path folder) throws IOException {
        state = folder;
        Path bin = Files.createDirectory(folder.resolve("bin"));
        Path program = folder.resolve("fake-slurm");
        try (InputStream in = FakeSlurm.class.getResourceAsStream("fake-slurm")) {
            Files.copy(in, program);
        }
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
        for (String command : List.of("sbatch", "squeue", "sacct", "scancel", "scontrol")) {
            // A copy each, for the program goes by its own name and looks for the states above its folder.
            Files.copy(program, bin.resolve(command), StandardCopyOption.COPY_ATTRIBUTES);
        }
    }

    SlurmAccess access() {
        return new SlurmAccess(state.resolve("bin").toString(), SlurmJwt.NONE);
    }

    /** Bytes, not characters: a name need not be UTF-8. */
    FakeSlurm has(String file, byte[] content) throws IOException {
        Path path = state.resolve(file);
        Files.createDirectories(path.getParent());
        // Renamed into place: a command may be reading.
        Path written = Files.write(state.resolve("new"), content);
        Files.move(written, path, StandardCopyOption.ATOMIC_MOVE);
        return this;
    }

    FakeSlurm has(String file, String content) throws IOException {
        return has(file, content.getBytes(StandardCharsets.UTF_8));
    }

    void forgets(String file) throws IOException {
        Path path = state.resolve(file);
        if (Files.isDirectory(path)) {
            for (Path inside : Files.list(path).toList()) {
                Files.delete(inside);
            }
        }
        Files.delete(path);
    }

    List<String> calls() throws IOException {
        Path calls = state.resolve("calls");
        return Files.exists(calls) ? Files.readAllLines(calls) : List.of();
    }

    long calls(String prefix) throws IOException {
        return calls().stream().filter(call -> call.startsWith(prefix)).count();
    }
}

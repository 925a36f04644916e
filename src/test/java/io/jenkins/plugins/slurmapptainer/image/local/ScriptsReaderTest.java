package io.jenkins.plugins.slurmapptainer.image.local;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.jenkins.plugins.slurmapptainer.image.ImageScripts;
import io.jenkins.plugins.slurmapptainer.slurm.CommandResult;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class ScriptsReaderTest {
    private static ImageScripts read(int code, String stdout, String stderr) throws InterruptedException {
        return new ScriptsReader((argv, limit) -> {
                    assertEquals(List.of("apptainer", "inspect", "--json", "--all", "/i/a.sif"), argv);
                    return new CommandResult(code, stdout, stderr);
                })
                .read("/i/a.sif", "apptainer");
    }

    private static ImageScripts attributes(String json) throws InterruptedException {
        return read(0, "{\"data\":{\"attributes\":{" + json + "}},\"type\":\"container\"}", "");
    }

    @Test
    void theTextsKeepTheirLines() throws Exception {
        assertEquals(
                new ImageScripts("#!/bin/sh\n\texec \"$@\"", "Bootstrap: docker\nFrom: a", "Use it", ""),
                attributes(
                        "\"runscript\":\"#!/bin/sh\\n\\texec \\\"$@\\\"\",\"deffile\":\"Bootstrap: docker\\r\\nFrom: a\","
                                + "\"helpfile\":\"Use it\",\"labels\":{}"));
        assertEquals(new ImageScripts("", "", "", ""), attributes("\"deffile\":null"));
        assertEquals("a?b", attributes("\"runscript\":\"a\\u001bb\"").runscript());
        assertEquals(
                ImageScripts.MAX_TEXT,
                attributes("\"deffile\":\"" + "x".repeat(70_000) + "\"")
                        .definition()
                        .length());
    }

    @Test
    void unreadableTextsAreReported() throws Exception {
        assertEquals(
                "cannot be inspected: image format not recognized",
                read(255, "", "FATAL:   image format not recognized\n").problem());
        assertEquals(
                "could not be inspected in 20 s",
                read(CommandResult.TIMED_OUT, "", "").problem());
        assertEquals(
                "has metadata that cannot be read: no JSON text, at character 0",
                read(0, "", "").problem());
        assertEquals(
                "cannot be inspected: apptainer cannot be run: no such file",
                new ScriptsReader((argv, limit) -> {
                            throw new IOException("no such file");
                        })
                        .read("/i/a.sif", "apptainer")
                        .problem());
    }
}

package io.jenkins.plugins.slurmapptainer.image.local;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Writes SIF files that have metadata and nothing else. */
public final class SampleSif {
    private static final int DESCRIPTOR = 585;
    private static final int DESCRIPTORS_AT = 4096;

    private SampleSif() {}

    /** An image with the given labels, as the inside of a JSON object. */
    public static Path write(Path file, String labels) throws IOException {
        return writeMetadata(file, "{\"data\":{\"attributes\":{\"labels\":{" + labels + "}}},\"type\":\"container\"}");
    }

    static Path writeMetadata(Path file, String json) throws IOException {
        Files.createDirectories(file.getParent());
        return Files.write(file, bytes(json.getBytes(StandardCharsets.UTF_8), "inspect-metadata.json"));
    }

    static byte[] bytes(byte[] object, String name) {
        int data = DESCRIPTORS_AT + 2 * DESCRIPTOR;
        ByteBuffer sif = ByteBuffer.allocate(data + object.length).order(ByteOrder.LITTLE_ENDIAN);
        sif.put("#!/usr/bin/env run-singularity\n\0".getBytes(StandardCharsets.US_ASCII));
        sif.put("SIF_MAGIC\0".getBytes(StandardCharsets.US_ASCII));
        sif.putLong(88, 2).putLong(96, DESCRIPTORS_AT);
        int second = DESCRIPTORS_AT + DESCRIPTOR;
        sif.put(second + 4, (byte) 1).putLong(second + 17, data).putLong(second + 25, object.length);
        sif.put(second + 73, name.getBytes(StandardCharsets.US_ASCII));
        sif.put(data, object);
        return sif.array();
    }
}

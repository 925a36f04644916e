package io.jenkins.plugins.slurmapptainer.image.local;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/**
 * Reads the metadata that Apptainer has stored in an image. A SIF file starts with a header of 128 bytes and a table of
 * descriptors of 585 bytes each, little-endian (github.com/apptainer/sif, {@code pkg/sif/sif.go}, format version 01).
 * The descriptor named {@code inspect-metadata.json} leads to the text that {@code apptainer inspect} shows.
 */
final class SifFile {
    private static final int HEADER = 128;
    private static final int MAGIC_AT = 32;
    private static final byte[] MAGIC = "SIF_MAGIC\0".getBytes(StandardCharsets.US_ASCII);
    private static final int DESCRIPTOR_COUNT_AT = 88;
    private static final int DESCRIPTORS_AT = 96;
    private static final int DESCRIPTOR = 585;
    private static final int MAX_DESCRIPTORS = 1024;
    private static final int USED_AT = 4;
    private static final int OFFSET_AT = 17;
    private static final int SIZE_AT = 25;
    private static final int NAME_AT = 73;
    private static final int NAME_LENGTH = 128;
    private static final String METADATA = "inspect-metadata.json";
    private static final int MAX_METADATA = 1024 * 1024;

    private SifFile() {}

    /**
     * The metadata in the file.
     *
     * @return empty when the image has none, as old images do
     * @throws BrokenImageException when the file is no SIF file or is truncated
     */
    static Optional<String> metadata(Path file) throws IOException, BrokenImageException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            ByteBuffer header = read(channel, 0, HEADER);
            for (int i = 0; i < MAGIC.length; i++) {
                if (header.get(MAGIC_AT + i) != MAGIC[i]) {
                    throw new BrokenImageException("is no SIF file");
                }
            }
            long count = header.getLong(DESCRIPTOR_COUNT_AT);
            if (count < 0 || count > MAX_DESCRIPTORS) {
                throw new BrokenImageException("has a damaged header");
            }
            ByteBuffer table = read(channel, header.getLong(DESCRIPTORS_AT), (int) count * DESCRIPTOR);
            return metadata(channel, table, (int) count);
        } catch (EOFException e) {
            throw new BrokenImageException("is cut off");
        }
    }

    private static Optional<String> metadata(FileChannel channel, ByteBuffer table, int count)
            throws IOException, BrokenImageException {
        Optional<String> metadata = Optional.empty();
        for (int i = 0; i < count; i++) {
            int base = i * DESCRIPTOR;
            if (table.get(base + USED_AT) == 0) {
                continue;
            }
            long offset = table.getLong(base + OFFSET_AT);
            long size = table.getLong(base + SIZE_AT);
            if (offset < 0 || size < 0 || offset > channel.size() - size) {
                throw new BrokenImageException("is cut off");
            }
            if (size <= MAX_METADATA && name(table, base).equals(METADATA)) {
                byte[] bytes = read(channel, offset, (int) size).array();
                metadata = Optional.of(new String(bytes, StandardCharsets.UTF_8));
            }
        }
        return metadata;
    }

    private static String name(ByteBuffer table, int base) {
        byte[] bytes = new byte[NAME_LENGTH];
        table.get(base + NAME_AT, bytes);
        String name = new String(bytes, StandardCharsets.ISO_8859_1);
        int end = name.indexOf('\0');
        return end < 0 ? name : name.substring(0, end);
    }

    private static ByteBuffer read(FileChannel channel, long position, int length) throws IOException {
        if (position < 0) {
            throw new EOFException();
        }
        ByteBuffer buffer = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
        while (buffer.hasRemaining()) {
            if (channel.read(buffer, position + buffer.position()) < 0) {
                throw new EOFException();
            }
        }
        return buffer;
    }
}

package io.jenkins.plugins.slurmapptainer.headnode.local;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.apache.tools.tar.TarConstants;
import org.apache.tools.tar.TarUtils;

/**
 * Checks a tar archive of {@link FileArchive} while it is read. It stops at the first header that announces more than
 * was agreed on, before a name fills the memory or a file fills the disk. Only files, their long names and marks may
 * pass.
 */
final class ArchiveBounds extends FilterInputStream {
    private static final int BLOCK = 512;
    private static final int SIZE_AT = 124;
    private static final int SIZE_LENGTH = 12;
    private static final int TYPE_AT = 156;
    /** The longest path on Linux in bytes, with its end. */
    private static final int MAX_NAME = 4096 + 1;

    private final byte[] header = new byte[BLOCK];
    private int filled;
    /** Bytes of content until the next header. */
    private long content;
    /** Whether the last header was that of a name. */
    private boolean named;

    private long entries;
    private long bytes;

    /**
     * @param files how many files are expected
     * @param bytes their largest total size
     */
    ArchiveBounds(InputStream in, int files, long bytes) {
        super(in);
        // Each file may be followed by a mark that it is not whole, and there is a mark at the end.
        this.entries = 2L * files + 1;
        this.bytes = bytes;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] piece, int from, int length) throws IOException {
        int read = in.read(piece, from, length);
        for (int i = 0; i < read; ) {
            i += see(piece, from + i, read - i);
        }
        return read;
    }

    @Override
    public long skip(long length) throws IOException {
        byte[] piece = new byte[(int) Math.max(0, Math.min(length, BLOCK))];
        return Math.max(0, read(piece, 0, piece.length));
    }

    @Override
    public boolean markSupported() {
        return false;
    }

    /** @return how many of the bytes were checked */
    private int see(byte[] piece, int from, int length) throws IOException {
        if (content > 0) {
            int part = (int) Math.min(content, length);
            content -= part;
            return part;
        }
        int part = Math.min(length, BLOCK - filled);
        System.arraycopy(piece, from, header, filled, part);
        filled += part;
        if (filled == BLOCK) {
            filled = 0;
            begin();
        }
        return part;
    }

    private void begin() throws IOException {
        if (isEnd()) {
            return;
        }
        long size;
        try {
            size = TarUtils.parseOctalOrBinary(header, SIZE_AT, SIZE_LENGTH);
        } catch (IllegalArgumentException e) {
            throw new IOException("this is no archive of files", e);
        }
        byte type = header[TYPE_AT];
        if (type == TarConstants.LF_GNUTYPE_LONGNAME && !named && size >= 0 && size <= MAX_NAME) {
            named = true;
        } else if (type == TarConstants.LF_GNUTYPE_LONGNAME) {
            throw new IOException("a file has a name of more than " + MAX_NAME + " bytes, or two names");
        } else {
            named = false;
            entry(type, size);
        }
        content = (size + BLOCK - 1) / BLOCK * BLOCK;
    }

    private boolean isEnd() {
        for (byte b : header) {
            if (b != 0) {
                return false;
            }
        }
        return true;
    }

    private void entry(byte type, long size) throws IOException {
        boolean file = type == TarConstants.LF_NORMAL || type == TarConstants.LF_OLDNORM;
        if (!file && (type != TarConstants.LF_DIR || size != 0)) {
            throw new IOException("the archive contains something other than files");
        }
        entries--;
        bytes -= size;
        if (entries < 0 || size < 0 || bytes < 0) {
            throw new IOException("the archive has more than was announced, even with room for files that grow");
        }
    }
}

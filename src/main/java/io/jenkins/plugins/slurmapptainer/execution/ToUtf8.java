package io.jenkins.plugins.slurmapptainer.execution;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Converts output from another character set to UTF-8. The output comes in pieces, which may end in the middle of a
 * character. Not safe for several threads.
 */
final class ToUtf8 {
    private final CharsetDecoder decoder;
    /** The bytes of a character that is not complete yet. */
    private byte[] rest = {};

    ToUtf8(Charset from) {
        decoder = from.newDecoder()
                .onMalformedInput(CodingErrorAction.REPLACE)
                .onUnmappableCharacter(CodingErrorAction.REPLACE);
    }

    byte[] convert(byte[] bytes, int length) {
        ByteBuffer in = ByteBuffer.allocate(rest.length + length)
                .put(rest)
                .put(bytes, 0, length)
                .flip();
        CharBuffer out = CharBuffer.allocate((int) (in.remaining() * (double) decoder.maxCharsPerByte()) + 1);
        decoder.decode(in, out, false);
        rest = Arrays.copyOfRange(in.array(), in.position(), in.limit());
        return out.flip().toString().getBytes(StandardCharsets.UTF_8);
    }
}

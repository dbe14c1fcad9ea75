package dev.stele.git.disk;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Path;
import java.util.HexFormat;

/**
 * Names of files as git keeps them: bytes in no particular encoding. A raw name is a string with
 * one character per byte (Latin-1), so that equality, order and patterns work on bytes; a raw path
 * joins raw names with slashes. Neither is for people: see {@link #display}.
 *
 * <p>The detour over URIs is the one way in which the JDK hands out and takes in the bytes of a
 * path, whatever the encoding of the platform.
 */
public final class RawNames {

    private static final boolean PLATFORM_IS_UTF8 =
            "UTF-8".equalsIgnoreCase(System.getProperty("sun.jnu.encoding"));
    private static final HexFormat HEX = HexFormat.of().withUpperCase();
    private static final String UNRESERVED = "-_.~/";

    private RawNames() {}

    /**
     * The raw form of a path as the file system gave it: a name in a directory, or the target of a
     * link.
     *
     * @param path a path of the default file system
     */
    public static String of(Path path) {
        String text = path.toString();
        if (isAscii(text)) {
            return text;
        }
        if (PLATFORM_IS_UTF8 && text.indexOf('\uFFFD') < 0) {
            return fromText(text);
        }
        String rooted = unescaped(Path.of("/").resolve(path).toUri().getRawPath());
        String raw = path.isAbsolute() ? rooted : rooted.substring(1);
        // A URI of what happens to be a directory gets a slash at its end.
        boolean marked = raw.endsWith("/") && !text.endsWith("/");
        return marked ? raw.substring(0, raw.length() - 1) : raw;
    }

    /**
     * A path below a directory.
     *
     * @param directory where
     * @param raw a raw name or raw path; empty is the directory itself
     */
    public static Path resolve(Path directory, String raw) {
        if (isAscii(raw)) {
            return directory.resolve(raw);
        }
        if (PLATFORM_IS_UTF8) {
            String text = display(raw);
            if (text.indexOf('\uFFFD') < 0) {
                return directory.resolve(text);
            }
        }
        Path root = Path.of("/");
        return directory.resolve(root.relativize(Path.of(URI.create("file:///" + escaped(raw)))));
    }

    /** The bytes of a raw name or path. */
    public static byte[] bytes(String raw) {
        return raw.getBytes(ISO_8859_1);
    }

    /** The raw form of bytes. */
    public static String raw(byte[] bytes) {
        return raw(bytes, 0, bytes.length);
    }

    /** The raw form of some bytes. */
    public static String raw(byte[] bytes, int offset, int length) {
        return new String(bytes, offset, length, ISO_8859_1);
    }

    /** A raw name or path for people: UTF-8 where it is that, U+FFFD in place of the rest. */
    public static String display(String raw) {
        return isAscii(raw) ? raw : new String(bytes(raw), UTF_8);
    }

    /** The raw form of text that people or configuration gave. */
    public static String fromText(String text) {
        return isAscii(text) ? text : new String(text.getBytes(UTF_8), ISO_8859_1);
    }

    /** Whether a raw name or path is well-formed UTF-8. */
    public static boolean isUtf8(String raw) {
        if (isAscii(raw)) {
            return true;
        }
        try {
            UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes(raw)));
            return true;
        } catch (CharacterCodingException e) {
            return false;
        }
    }

    /**
     * A raw path as plain ASCII without blanks, for one line of text; {@link #unescaped} undoes it.
     */
    public static String escaped(String raw) {
        var result = new StringBuilder(raw.length() + 16);
        for (int i = 0; i < raw.length(); i++) {
            char c = raw.charAt(i);
            if (isPlain(c)) {
                result.append(c);
            } else {
                result.append('%').append(HEX.toHexDigits((byte) c));
            }
        }
        return result.toString();
    }

    /**
     * The raw path of an escaped one.
     *
     * @throws IllegalArgumentException when it is none
     */
    public static String unescaped(String escaped) {
        var result = new ByteArrayOutputStream(escaped.length());
        for (int i = 0; i < escaped.length(); i++) {
            char c = escaped.charAt(i);
            if (c == '%') {
                result.write(HexFormat.fromHexDigits(escaped, i + 1, i + 3));
                i += 2;
            } else {
                result.write(c);
            }
        }
        return result.toString(ISO_8859_1);
    }

    private static boolean isPlain(char c) {
        return (c >= 'a' && c <= 'z')
                || (c >= 'A' && c <= 'Z')
                || (c >= '0' && c <= '9')
                || UNRESERVED.indexOf(c) >= 0;
    }

    private static boolean isAscii(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) >= 0x80) {
                return false;
            }
        }
        return true;
    }
}

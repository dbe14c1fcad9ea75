package dev.stele.app.server;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The files of the page, which are part of this program. Read once each. Thread-safe. */
final class WebFiles {
    private static final String ROOT = "/dev/stele/app/web";
    private static final String INDEX = "/index.html";
    private static final String ASSETS = "/assets";

    /** Names without a dot in front: there is no way up, and nothing that is hidden. */
    private static final Pattern ASSET = Pattern.compile("/assets(/[A-Za-z0-9_-][A-Za-z0-9._-]*)+");

    private static final Map<String, String> TYPES =
            Map.of(
                    "html", "text/html; charset=utf-8",
                    "js", "text/javascript; charset=utf-8",
                    "css", "text/css; charset=utf-8",
                    "svg", "image/svg+xml",
                    "png", "image/png",
                    "ico", "image/x-icon",
                    "woff2", "font/woff2",
                    "json", "application/json",
                    "txt", "text/plain; charset=utf-8",
                    "webmanifest", "application/manifest+json");

    private final Map<String, WebFile> files = new ConcurrentHashMap<>();

    /**
     * A file.
     *
     * @param type what it is
     * @param tag stands for its content
     * @param bytes the content, which nobody changes
     */
    @SuppressWarnings("ArrayRecordComponent") // compared by nobody
    record WebFile(String type, String tag, byte[] bytes) {}

    /** The file at an address; null when there is none. */
    @Nullable WebFile at(String path) {
        if (!path.equals("/") && !ASSET.matcher(path).matches()) {
            return null;
        }
        String name = path.equals("/") ? INDEX : path.substring(ASSETS.length());
        String type = TYPES.get(name.substring(name.lastIndexOf('.') + 1));
        if (type == null) {
            return null;
        }
        WebFile file = files.get(name);
        if (file == null) {
            byte[] bytes = read(name);
            file = bytes == null ? null : new WebFile(type, tag(bytes), bytes);
            if (file != null) {
                files.put(name, file);
            }
        }
        return file;
    }

    private static byte @Nullable [] read(String name) {
        try (InputStream in = WebFiles.class.getResourceAsStream(ROOT + name)) {
            return in == null ? null : in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException("The page's file " + name + " cannot be read", e);
        }
    }

    private static String tag(byte[] bytes) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(bytes);
            return '"' + HexFormat.of().formatHex(hash, 0, 12) + '"';
        } catch (NoSuchAlgorithmException e) {
            throw new LinkageError("every Java has SHA-256", e);
        }
    }
}

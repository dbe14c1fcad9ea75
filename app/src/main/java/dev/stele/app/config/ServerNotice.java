package dev.stele.app.config;

import dev.stele.app.error.SteleException;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The file {@code server.json} in a home: which server holds it. Only its owner can read it, since
 * whoever has the token is let in.
 *
 * @param pid the server's process
 * @param started when that process began, to tell it from another one of that number
 * @param address where it listens
 * @param token lets in
 */
public record ServerNotice(long pid, Instant started, URI address, String token) {
    private static final String FILE = "server.json";
    private static final JsonMapper JSON = JsonMapper.builder().build();

    /**
     * {@return the notice of a server in this process}
     *
     * @param address where it listens
     * @param token lets in
     */
    public static ServerNotice ofThisProcess(URI address, String token) {
        var process = ManagementFactory.getRuntimeMXBean();
        return new ServerNotice(
                process.getPid(), Instant.ofEpochMilli(process.getStartTime()), address, token);
    }

    /**
     * {@return the notice in a home; null when there is none that can be understood}
     *
     * @param home the home
     */
    public static @Nullable ServerNotice read(SteleHome home) {
        try {
            JsonNode json = JSON.readTree(Files.readAllBytes(home.root().resolve(FILE)));
            return new ServerNotice(
                    json.path("pid").asLong(),
                    Instant.parse(json.path("started").asString()),
                    URI.create(json.path("address").asString()),
                    json.path("token").asString());
        } catch (IOException
                | JacksonException
                | DateTimeParseException
                | IllegalArgumentException e) {
            return null;
        }
    }

    /**
     * Puts it into a home, in place of an older one.
     *
     * @param home the home
     * @throws SteleException.InvalidHome when it cannot be written
     */
    public void write(SteleHome home) {
        Path file = home.root().resolve(FILE);
        Path fresh = home.root().resolve(FILE + "." + pid);
        try {
            Files.deleteIfExists(fresh);
            try (FileChannel out =
                    FileChannel.open(
                            fresh,
                            Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                            ownerOnly(fresh))) {
                out.write(ByteBuffer.wrap(JSON.writeValueAsBytes(json())));
            }
            replace(fresh, file);
        } catch (IOException e) {
            throw new SteleException.InvalidHome(
                    "The file %s cannot be written (%s); make its folder writable."
                            .formatted(file, e),
                    e);
        }
    }

    private static void replace(Path fresh, Path file) throws IOException {
        try {
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException e) {
            Files.move(fresh, file, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    private JsonNode json() {
        return JSON.createObjectNode()
                .put("pid", pid)
                .put("started", started.toString())
                .put("address", address.toString())
                .put("token", token);
    }

    /**
     * Takes it out of a home, unless another server's is there by now.
     *
     * @param home the home
     */
    public void remove(SteleHome home) {
        if (equals(read(home))) {
            try {
                Files.deleteIfExists(home.root().resolve(FILE));
            } catch (IOException _) {
                // It is out of date then, and whoever reads it finds nobody there.
            }
        }
    }

    private static FileAttribute<?>[] ownerOnly(Path file) {
        boolean posix = file.getFileSystem().supportedFileAttributeViews().contains("posix");
        return posix
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(
                            PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[0];
    }

    @Override
    public String toString() {
        return "ServerNotice[" + address + ", process " + pid + "]"; // no token in a log file
    }
}

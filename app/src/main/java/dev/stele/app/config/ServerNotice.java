package dev.stele.app.config;

import dev.stele.app.error.SteleException;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * The file {@code server.json} in a home: which server holds it, for clients on this machine. Only
 * its owner can read it. After a server that was killed it is out of date.
 *
 * @param pid the server's process
 * @param started when that process began, to tell it from another one of that number
 * @param address where it listens
 * @param token lets in
 * @param certificate the SHA-256 of the certificate that it shows, in hexadecimal digits; null
 *     without TLS
 */
public record ServerNotice(
        long pid, Instant started, URI address, ServerToken token, @Nullable String certificate) {
    private static final String FILE = "server.json";
    private static final JsonMapper JSON = JsonMapper.builder().build();

    /**
     * {@return the notice of a server in this process}
     *
     * @param address where it listens
     * @param token lets in
     * @param certificate the SHA-256 of the certificate that it shows; null without TLS
     */
    public static ServerNotice ofThisProcess(
            URI address, ServerToken token, @Nullable String certificate) {
        var process = ManagementFactory.getRuntimeMXBean();
        return new ServerNotice(
                process.getPid(),
                Instant.ofEpochMilli(process.getStartTime()),
                address,
                token,
                certificate);
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
                    new ServerToken(json.path("token").asString()),
                    json.path("certificate").stringValue(null));
        } catch (IOException
                | JacksonException
                | DateTimeParseException
                | IllegalArgumentException e) {
            return null;
        }
    }

    /** {@return whether the server's process is still there} */
    public boolean isOfALivingProcess() {
        return Processes.isAlive(pid + " " + started);
    }

    /** {@return where a browser is let in: the address with the token} */
    public URI entrance() {
        return address.resolve("/?token=" + token.value());
    }

    /**
     * Puts it into a home, in place of an older one.
     *
     * @param home the home
     * @throws SteleException.InvalidHome when it cannot be written
     */
    public void write(SteleHome home) {
        Path file = home.root().resolve(FILE);
        try {
            OwnerFile.write(file, JSON.writeValueAsBytes(json()));
        } catch (IOException e) {
            throw new SteleException.InvalidHome(
                    "The file %s cannot be written (%s); make its folder writable."
                            .formatted(file, e),
                    e);
        }
    }

    private JsonNode json() {
        ObjectNode json = JSON.createObjectNode();
        if (certificate != null) {
            json.put("certificate", certificate);
        }
        return json.put("pid", pid)
                .put("started", started.toString())
                .put("address", address.toString())
                .put("token", token.value());
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
}

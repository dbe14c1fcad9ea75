package dev.stele.provider.replay;

import dev.stele.contracts.Characters;
import dev.stele.provider.process.ProviderFailure;
import dev.stele.provider.rpc.Json;
import dev.stele.provider.rpc.RpcMessage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What went over the wire of a run: a line for each message, {@code
 * {"t":MILLIS,"dir":"send"|"recv"|"exit","msg":MESSAGE}}, seen from the client.
 *
 * @param lines the lines, in order
 */
public record Recording(List<Line> lines) {

    /** Makes the list immutable. */
    public Recording {
        lines = List.copyOf(lines);
    }

    /** A line. */
    public sealed interface Line {

        /**
         * The client said this.
         *
         * @param message what it said
         */
        record Sent(RpcMessage message) implements Line {}

        /**
         * The agent said this.
         *
         * @param message what it said
         */
        record Received(RpcMessage message) implements Line {}

        /**
         * The agent ended.
         *
         * @param code its exit code, as a shell tells it
         */
        record Exit(int code) implements Line {}
    }

    /**
     * The recording in a file.
     *
     * @param file the file
     * @throws ProviderFailure when it cannot be read or is none; the message names the place
     */
    public static Recording read(Path file) throws ProviderFailure {
        try {
            return parse(file, Files.readAllLines(file));
        } catch (NoSuchFileException _) {
            throw ProviderFailure.start(
                    "The recording %s is not there; check its path."
                            .formatted(Characters.quoted(file.toString())));
        } catch (IOException e) {
            throw ProviderFailure.start(
                    "The recording %s cannot be read: %s."
                            .formatted(Characters.quoted(file.toString()), e.getMessage()));
        }
    }

    private static Recording parse(Path file, List<String> texts) throws ProviderFailure {
        var lines = new ArrayList<Line>();
        for (int i = 0; i < texts.size(); i++) {
            if (!texts.get(i).isBlank()) {
                Line line = line(texts.get(i));
                if (line == null) {
                    throw ProviderFailure.start(
                            "The recording %s cannot be played: line %d is no {\"dir\": …, \"msg\": …}"
                                            .formatted(Characters.quoted(file.toString()), i + 1)
                                    + " of a message; correct or remove it.");
                }
                lines.add(line);
            }
        }
        return new Recording(lines);
    }

    private static @Nullable Line line(String text) {
        try {
            JsonNode json = Json.parse(text);
            JsonNode said = json.path("msg");
            RpcMessage message = RpcMessage.of(said);
            return switch (Json.text(json, "dir")) {
                case "send" -> message == null ? null : new Line.Sent(message);
                case "recv" -> message == null ? null : new Line.Received(message);
                case "exit" -> new Line.Exit(exitCode(said));
                case null, default -> null;
            };
        } catch (Json.NotJson _) {
            return null;
        }
    }

    private static int exitCode(JsonNode exit) {
        Integer code = Json.smallInteger(exit, "code");
        if (code != null) {
            return code;
        }
        return "SIGTERM".equals(Json.text(exit, "sig")) ? 143 : 137;
    }

    /** Whether it is in the protocol of the codex app-server, and not in ACP. */
    public boolean isOfCodex() {
        for (Line line : lines) {
            if (line instanceof Line.Sent(RpcMessage.Request(_, var method, _))) {
                if (method.startsWith("thread/")) {
                    return true;
                }
                if (method.startsWith("session/")) {
                    return false;
                }
            }
        }
        return false;
    }
}

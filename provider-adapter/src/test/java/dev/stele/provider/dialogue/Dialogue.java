package dev.stele.provider.dialogue;

import dev.stele.provider.rpc.Json;
import dev.stele.provider.rpc.RpcMessage;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A recorded dialogue with a real agent.
 *
 * @param lines what went over the wire, in order
 */
public record Dialogue(List<Line> lines) {

    /** What a line stands for. */
    public enum Direction {
        SENT,
        RECEIVED,
        EXIT
    }

    /**
     * A line.
     *
     * @param direction who spoke
     * @param json what was said; for an exit how
     */
    public record Line(Direction direction, JsonNode json) {

        /** What was said, as a message. */
        public RpcMessage message() {
            return Objects.requireNonNull(RpcMessage.of(json), json::toString);
        }
    }

    /** The dialogue of a recording. */
    public static Dialogue of(String name) {
        String file = "/dev/stele/provider/wire/" + name + ".jsonl";
        try (InputStream in = Dialogue.class.getResourceAsStream(file)) {
            String text =
                    new String(
                            Objects.requireNonNull(in, file).readAllBytes(),
                            StandardCharsets.UTF_8);
            return new Dialogue(text.lines().map(Dialogue::line).toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Line line(String text) {
        try {
            JsonNode json = Json.parse(text);
            return new Line(direction(Json.text(json, "dir")), json.path("msg"));
        } catch (Json.NotJson e) {
            throw new IllegalArgumentException(text, e);
        }
    }

    private static Direction direction(@Nullable String word) {
        return switch (word) {
            case "send" -> Direction.SENT;
            case "recv" -> Direction.RECEIVED;
            case "exit" -> Direction.EXIT;
            case null, default -> throw new IllegalArgumentException(String.valueOf(word));
        };
    }
}

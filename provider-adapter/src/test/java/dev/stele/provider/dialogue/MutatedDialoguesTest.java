package dev.stele.provider.dialogue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stele.contracts.Characters;
import dev.stele.contracts.ProviderError;
import dev.stele.contracts.ProviderEvent;
import dev.stele.provider.dialogue.Dialogue.Direction;
import dev.stele.provider.dialogue.Dialogue.Line;
import dev.stele.provider.dialogue.Replay.TurnPlayed;
import dev.stele.provider.rpc.Json;
import dev.stele.provider.rpc.RpcMessage;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Dialogues in which lines are lost, doubled, swapped or garbled. The seed stands in the name. */
class MutatedDialoguesTest {
    private static final int SEEDS = 20;

    /** Where a session is gone on with, what is told of its past is no part of what was said. */
    static Stream<String> newSessions() {
        return recordings().filter(file -> !file.endsWith("load-2") && !file.endsWith("load-late"));
    }

    static Stream<String> recordings() {
        return RecordedDialogues.names();
    }

    @ParameterizedTest
    @MethodSource("recordings")
    void nothing_throws_and_every_turn_ends_once(String file) {
        for (int seed = 0; seed < SEEDS; seed++) {
            Replay replay = new Replay(file.startsWith("codex-appserver"));
            try {
                play(mutated(Dialogue.of(file), new Random(seed)), replay);
                assertEndedOnce(replay);
            } catch (RuntimeException | AssertionError e) {
                throw new AssertionError(file + " with seed " + seed, e);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("newSessions")
    void nothing_that_the_agent_said_is_lost(String file) {
        for (int seed = 0; seed < SEEDS; seed++) {
            List<Line> lines = mutated(Dialogue.of(file), new Random(seed));
            Replay replay = new Replay(file.startsWith("codex-appserver"));
            play(lines, replay);
            String all = allWords(replay);
            for (Line line : lines) {
                assertThat(all).as(file + " with seed " + seed).contains(words(line));
            }
        }
    }

    /** The words of a line. */
    private static String words(Line line) {
        JsonNode update = Json.below(line.json(), "params", "update");
        String kind = Json.text(update, "sessionUpdate");
        String said = Json.text(line.json(), "params", "delta");
        if ("agent_message_chunk".equals(kind) || "agent_thought_chunk".equals(kind)) {
            said = Json.text(update, "content", "text");
        }
        return said != null
                        && line.direction() == Direction.RECEIVED
                        && RpcMessage.of(line.json()) instanceof RpcMessage.Notification
                ? Characters.wellFormed(said.strip())
                : "";
    }

    private static String allWords(Replay replay) {
        var all = new StringBuilder();
        var events = new ArrayList<>(replay.outside());
        replay.turns().forEach(turn -> events.addAll(turn.events));
        for (ProviderEvent event : events) {
            all.append(
                    switch (event) {
                        case ProviderEvent.TextDelta(var text, _) -> text;
                        case ProviderEvent.ThinkingDelta(var text, _) -> text;
                        case ProviderEvent.Error(var error) -> error.message();
                        case ProviderEvent.Notice(_, var raw) -> unescaped(raw);
                        case ProviderEvent other -> unescaped(other.toString());
                    });
        }
        return all.toString();
    }

    private static String unescaped(String raw) {
        return raw.replace("\\n", "\n").replace("\\\"", "\"");
    }

    /** What was sent stays as it is; it is the agent that cannot be trusted. */
    private static List<Line> mutated(Dialogue dialogue, Random random) {
        var lines = new ArrayList<Line>();
        for (Line line : dialogue.lines()) {
            int dice = line.direction() == Direction.RECEIVED ? random.nextInt(12) : 12;
            switch (dice) {
                case 0 -> {}
                case 1 -> Collections.addAll(lines, line, line);
                case 2 -> lines.add(Math.max(0, lines.size() - 1 - random.nextInt(3)), line);
                case 3, 4 -> lines.add(new Line(Direction.RECEIVED, garbled(line.json(), random)));
                default -> lines.add(line);
            }
        }
        return lines;
    }

    /** One value somewhere in it becomes another, of any type, or is gone. */
    private static JsonNode garbled(JsonNode json, Random random) {
        JsonNode copy = json.deepCopy();
        var objects = new ArrayList<ObjectNode>();
        collect(copy, objects);
        ObjectNode victim = objects.get(random.nextInt(objects.size()));
        var names = new ArrayList<>(victim.propertyNames());
        if (names.isEmpty()) {
            return copy;
        }
        String name = names.get(random.nextInt(names.size()));
        switch (random.nextInt(6)) {
            case 0 -> victim.remove(name);
            case 1 -> victim.putNull(name);
            case 2 -> victim.put(name, -1);
            case 3 -> victim.put(name, "\ud83d");
            case 4 -> victim.putArray(name).addArray().addNull();
            default -> victim.putObject(name).put("x", 1e300);
        }
        return copy;
    }

    private static void collect(JsonNode json, List<ObjectNode> objects) {
        if (json instanceof ObjectNode object) {
            objects.add(object);
        }
        json.forEach(child -> collect(child, objects));
    }

    private static void play(List<Line> lines, Replay replay) {
        for (Line line : lines) {
            RpcMessage message = RpcMessage.of(line.json());
            if (line.direction() == Direction.EXIT) {
                replay.broken(ProviderError.Kind.CRASH);
            } else if (message == null) {
                replay.garbage(Json.write(line.json()));
            } else if (line.direction() == Direction.RECEIVED) {
                replay.received(message);
            } else {
                send(message, replay);
            }
        }
        replay.broken(ProviderError.Kind.CRASH);
    }

    /** A prompt is sent only when the one before it has ended, if need be by the watchdog. */
    private static void send(RpcMessage message, Replay replay) {
        if (message instanceof RpcMessage.Request(_, var method, _) && replay.isPrompt(method)) {
            replay.broken(ProviderError.Kind.TIMEOUT);
        }
        replay.sent(message);
    }

    private static void assertEndedOnce(Replay replay) {
        assertThat(replay.isInTurn()).isFalse();
        for (TurnPlayed played : replay.turns()) {
            assertThat(played.ends()).as("ends of %s", played.id).hasSize(1);
            assertThat(replay.turn(played).state().isLive()).isFalse();
            assertThat(replay.said(played).openCalls()).isEmpty();
        }
    }
}

package dev.stele.app.config;

import dev.stele.app.error.SteleException.InvalidConfiguration;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What people can set in the home's {@code config.json}, all of it optional:
 *
 * <pre>{@code
 * {
 *   "agents": { "gemini": "npx @google/gemini-cli --acp" },
 *   "logins": { "gemini": "gemini-api-key" },
 *   "defaultAgent": "gemini",
 *   "agentStartSeconds": 60,
 *   "agentSilenceSeconds": 600,
 *   "agentCancelSeconds": 10,
 *   "leaseSeconds": 5,
 *   "checkpoints": { "keepAllDays": 30 }
 * }
 * }</pre>
 *
 * @param agents command lines by the names that threads use
 * @param logins the ids of the ways to log in, by the names or command lines of agents
 * @param defaultAgent the agent of a thread for which none is named; null when none is set
 * @param startLimit how long an agent may take to start; null when none is set
 * @param silenceLimit how long an agent may say nothing in a turn; null when none is set
 * @param cancelLimit how long an agent may take to end a cancelled turn; null when none is set
 * @param lease how long the right to write to a shared log lasts without being renewed, and so how
 *     long the others wait when the writer dies; null when none is set
 * @param checkpoints how much checkpoints may hold, and which old ones are kept
 */
public record SteleConfig(
        Map<String, String> agents,
        Map<String, String> logins,
        @Nullable String defaultAgent,
        @Nullable Duration startLimit,
        @Nullable Duration silenceLimit,
        @Nullable Duration cancelLimit,
        @Nullable Duration lease,
        CheckpointSettings checkpoints) {

    /** Nothing is set. */
    public static final SteleConfig EMPTY =
            new SteleConfig(
                    Map.of(), Map.of(), null, null, null, null, null, CheckpointSettings.USUAL);

    private static final JsonMapper JSON =
            JsonMapper.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

    /** Makes the map immutable. */
    public SteleConfig {
        agents = Map.copyOf(agents);
        logins = Map.copyOf(logins);
    }

    /**
     * {@return what a file says; {@link #EMPTY} when there is none}
     *
     * @param file the settings, in JSON
     * @throws InvalidConfiguration when it cannot be read or says something that it may not
     */
    public static SteleConfig read(Path file) {
        try {
            String text = Files.readString(file, StandardCharsets.UTF_8);
            return new Reader(file).config(JSON.readTree(text));
        } catch (NoSuchFileException none) {
            return EMPTY;
        } catch (IOException e) {
            throw new InvalidConfiguration(
                    "The settings " + file + " cannot be read (" + e + ").", e);
        } catch (JacksonException e) {
            var place = e.getLocation();
            throw new InvalidConfiguration(
                    "The settings %s are no JSON at line %d, column %d: %s. Correct them there."
                            .formatted(
                                    file,
                                    place.getLineNr(),
                                    place.getColumnNr(),
                                    e.getOriginalMessage()),
                    e);
        }
    }

    /**
     * {@return the same with more agents; of two with one name the new one stands}
     *
     * @param more command lines by name
     */
    public SteleConfig plus(Map<String, String> more) {
        var all = new HashMap<>(agents);
        all.putAll(more);
        return new SteleConfig(
                all,
                logins,
                defaultAgent,
                startLimit,
                silenceLimit,
                cancelLimit,
                lease,
                checkpoints);
    }

    /** Reads the fields, and refuses what it does not know: most likely it is a slip. */
    private record Reader(Path file) {
        private static final List<String> KNOWN =
                List.of(
                        "agents",
                        "logins",
                        "defaultAgent",
                        "agentStartSeconds",
                        "agentSilenceSeconds",
                        "agentCancelSeconds",
                        "leaseSeconds",
                        "checkpoints");

        SteleConfig config(JsonNode root) {
            if (!root.isObject()) {
                throw wrong("they are no JSON object; begin with {");
            }
            for (String name : root.propertyNames()) {
                if (!KNOWN.contains(name)) {
                    throw wrong(
                            "nothing is called '%s'; there are %s"
                                    .formatted(name, String.join(", ", KNOWN)));
                }
            }
            JsonNode usual = root.get("defaultAgent");
            return new SteleConfig(
                    texts("agents", "names and command lines", root),
                    texts("logins", "names of agents and ids of ways to log in", root),
                    usual == null ? null : text("defaultAgent", usual),
                    seconds("agentStartSeconds", root),
                    seconds("agentSilenceSeconds", root),
                    seconds("agentCancelSeconds", root),
                    seconds("leaseSeconds", root),
                    checkpoints(root.get("checkpoints")));
        }

        private CheckpointSettings checkpoints(@Nullable JsonNode node) {
            try {
                return node == null ? CheckpointSettings.USUAL : CheckpointSettings.of(node);
            } catch (IllegalArgumentException e) {
                throw wrong(String.valueOf(e.getMessage()));
            }
        }

        private @Nullable Duration seconds(String name, JsonNode root) {
            JsonNode node = root.get(name);
            if (node == null) {
                return null;
            }
            if (!node.isInt() || node.intValue() < 1) {
                throw wrong(name + " is no whole number of seconds from 1 on");
            }
            return Duration.ofSeconds(node.intValue());
        }

        private Map<String, String> texts(String name, String ofWhat, JsonNode root) {
            JsonNode node = root.get(name);
            if (node == null) {
                return Map.of();
            }
            if (!node.isObject()) {
                throw wrong("%s is no JSON object of %s".formatted(name, ofWhat));
            }
            var texts = new HashMap<String, String>();
            for (Map.Entry<String, JsonNode> entry : node.properties()) {
                if (entry.getKey().isBlank()) {
                    throw wrong("an agent has a blank name");
                }
                texts.put(entry.getKey(), text(name + "." + entry.getKey(), entry.getValue()));
            }
            return texts;
        }

        private String text(String name, JsonNode node) {
            if (!node.isString() || node.stringValue().isBlank()) {
                throw wrong(name + " is no text that says something");
            }
            return node.stringValue();
        }

        private InvalidConfiguration wrong(String why) {
            return new InvalidConfiguration(
                    "The settings %s are wrong: %s. Correct or remove them.".formatted(file, why),
                    null);
        }
    }
}

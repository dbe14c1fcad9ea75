package dev.stele.app.config;

import dev.stele.app.error.SteleException.InvalidConfiguration;
import dev.stele.provider.ProviderConfig;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
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
 *   "agentIdleSeconds": 1800,
 *   "mostAgents": 200,
 *   "offers": ["readFiles", "writeFiles", "runCommands"],
 *   "leaseSeconds": 5,
 *   "checkpoints": { "keepAllDays": 30 }
 * }
 * }</pre>
 *
 * @param agents command lines by the names that threads use
 * @param logins the ids of the ways to log in, by the names or command lines of agents
 * @param defaultAgent the agent of a thread for which none is named; null when none is set
 * @param agentLimits how long agents are waited for and kept, and how many there may be; the usual
 *     ones where nothing is set
 * @param offers what agents may ask of Stele beside permissions; nothing when it is not set
 * @param lease how long the right to write to a shared log lasts without being renewed, and so how
 *     long the others wait when the writer dies; null when none is set
 * @param checkpoints how much checkpoints may hold, and which old ones are kept
 */
public record SteleConfig(
        Map<String, String> agents,
        Map<String, String> logins,
        @Nullable String defaultAgent,
        ProviderConfig.Bounds agentLimits,
        Set<ProviderConfig.Offer> offers,
        @Nullable Duration lease,
        CheckpointSettings checkpoints) {

    /** Nothing is set. */
    public static final SteleConfig EMPTY =
            new SteleConfig(
                    Map.of(),
                    Map.of(),
                    null,
                    ProviderConfig.Bounds.usual(),
                    Set.of(),
                    null,
                    CheckpointSettings.USUAL);

    private static final JsonMapper JSON =
            JsonMapper.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

    /** Makes the collections immutable. */
    public SteleConfig {
        agents = Map.copyOf(agents);
        logins = Map.copyOf(logins);
        offers = Set.copyOf(offers);
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
        return new SteleConfig(all, logins, defaultAgent, agentLimits, offers, lease, checkpoints);
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
                        "agentIdleSeconds",
                        "mostAgents",
                        "offers",
                        "leaseSeconds",
                        "checkpoints");

        private static final SequencedMap<String, ProviderConfig.Offer> OFFERS =
                new LinkedHashMap<>();

        static {
            OFFERS.put("readFiles", ProviderConfig.Offer.READ_FILES);
            OFFERS.put("writeFiles", ProviderConfig.Offer.WRITE_FILES);
            OFFERS.put("runCommands", ProviderConfig.Offer.RUN_COMMANDS);
        }

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
                    limits(root),
                    offers(root.get("offers")),
                    seconds("leaseSeconds", root),
                    checkpoints(root.get("checkpoints")));
        }

        private ProviderConfig.Bounds limits(JsonNode root) {
            var usual = ProviderConfig.Bounds.usual();
            Duration idle = seconds("agentIdleSeconds", root);
            JsonNode most = root.get("mostAgents");
            return new ProviderConfig.Bounds(
                            usual.start(),
                            usual.silence(),
                            usual.cancel(),
                            idle == null ? usual.idle() : idle,
                            most == null
                                    ? usual.mostAgents()
                                    : whole("mostAgents", "from 1 on", most),
                            usual.maxMessageBytes())
                    .with(
                            seconds("agentStartSeconds", root),
                            seconds("agentSilenceSeconds", root),
                            seconds("agentCancelSeconds", root));
        }

        private Set<ProviderConfig.Offer> offers(@Nullable JsonNode node) {
            var offers = EnumSet.noneOf(ProviderConfig.Offer.class);
            if (node == null) {
                return offers;
            }
            if (!node.isArray()) {
                throw wrong("offers is no JSON array of " + String.join(", ", OFFERS.keySet()));
            }
            for (JsonNode named : node) {
                ProviderConfig.Offer offer = OFFERS.get(named.asString(""));
                if (offer == null) {
                    throw wrong(
                            "offers has %s; there are %s"
                                    .formatted(named, String.join(", ", OFFERS.keySet())));
                }
                offers.add(offer);
            }
            return offers;
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
            return node == null
                    ? null
                    : Duration.ofSeconds(whole(name, "of seconds from 1 on", node));
        }

        private int whole(String name, String bounds, JsonNode node) {
            if (!node.isInt() || node.intValue() < 1) {
                throw wrong("%s is no whole number %s".formatted(name, bounds));
            }
            return node.intValue();
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

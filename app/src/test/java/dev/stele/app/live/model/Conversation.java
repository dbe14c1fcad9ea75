package dev.stele.app.live.model;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What an agent sends a model, whatever the language.
 *
 * @param said what people and tools have said, in order
 * @param tools what the model may call
 * @param shape the schema that the answer has to fit, or null for any text
 */
record Conversation(List<Said> said, List<Tool> tools, @Nullable JsonNode shape) {
    private static final Pattern SCENARIO = Pattern.compile("SCENARIO=(\\d+)-([a-z0-9-]+)");
    private static final Pattern DIRECTORY = Pattern.compile("CWD=(\\S+)");
    private static final Pattern WORD = Pattern.compile("WORD=([a-z]+)");

    Conversation {
        said = List.copyOf(said);
        tools = List.copyOf(tools);
    }

    /** What somebody other than the model said. */
    sealed interface Said {
        /** Words of a person, or of the agent in a person's name. */
        record Prompt(String text) implements Said {}

        /** What came of a call. */
        record Result() implements Said {}
    }

    /**
     * A tool on offer.
     *
     * @param name what it is called by
     * @param schema of its parameters
     * @param freeform whether it takes plain text instead of parameters
     */
    record Tool(String name, JsonNode schema, boolean freeform) {

        boolean takes(String parameter) {
            return schema.path("properties").has(parameter);
        }
    }

    /** The newest scenario that was asked for, or null. */
    @Nullable String scenario() {
        Wish newest = newest();
        return newest == null ? null : newest.scenario();
    }

    /** How many calls came to something since the newest scenario was asked for. */
    int results() {
        Wish newest = newest();
        return newest == null
                ? 0
                : (int)
                        said.stream()
                                .skip(newest.place())
                                .filter(Said.Result.class::isInstance)
                                .count();
    }

    /** Tells one answer that is asked for from another. */
    String key() {
        return directory() + " " + newest() + " " + results();
    }

    /** A scenario that was asked for, with its number and its place among what was said. */
    private record Wish(int number, String scenario, int place) {}

    /**
     * The one with the highest number: agents may tell the model what was said before after what is
     * said now.
     */
    private @Nullable Wish newest() {
        Wish newest = null;
        for (int place = 0; place < said.size(); place++) {
            if (said.get(place) instanceof Said.Prompt(var text)) {
                Matcher matcher = SCENARIO.matcher(text);
                while (matcher.find()) {
                    int number = Integer.parseInt(matcher.group(1));
                    if (newest == null || number >= newest.number()) {
                        newest = new Wish(number, matcher.group(2), place);
                    }
                }
            }
        }
        return newest;
    }

    /** The project's directory as the prompts tell it, or null. */
    @Nullable String directory() {
        return last(DIRECTORY);
    }

    /** A word that some prompt told, or null: proof that the agent has not forgotten it. */
    @Nullable String word() {
        return last(WORD);
    }

    private @Nullable String last(Pattern pattern) {
        String found = null;
        for (Said each : said) {
            if (each instanceof Said.Prompt(var text)) {
                Matcher matcher = pattern.matcher(text);
                while (matcher.find()) {
                    found = matcher.group(1);
                }
            }
        }
        return found;
    }
}

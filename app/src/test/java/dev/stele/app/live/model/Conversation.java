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
    private static final Pattern SCENARIO = Pattern.compile("SCENARIO=([a-z0-9-]+)");
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

    /** The scenario that was asked for last, or null. */
    @Nullable String scenario() {
        return last(SCENARIO);
    }

    /** The project's directory as the prompts tell it, or null. */
    @Nullable String directory() {
        return last(DIRECTORY);
    }

    /** A word that some prompt told, or null: proof that the agent has not forgotten it. */
    @Nullable String word() {
        return last(WORD);
    }

    /** How many calls came to something since the scenario was asked for. */
    int results() {
        int results = 0;
        for (Said each : said) {
            switch (each) {
                case Said.Prompt(var text) -> results = SCENARIO.matcher(text).find() ? 0 : results;
                case Said.Result() -> results++;
            }
        }
        return results;
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

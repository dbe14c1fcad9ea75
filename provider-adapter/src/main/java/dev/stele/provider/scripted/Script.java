package dev.stele.provider.scripted;

import dev.stele.provider.rpc.Json;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What the scripted agent plays: for each prompt of a session a list of steps. A JSON file
 *
 * <pre>{@code
 * {"steps": [{"say": "Hello"}, {"write": "a.txt", "content": "a\n"}]}
 * }</pre>
 *
 * plays the same steps for every prompt; with {@code "turns": [[…], […]]} the first prompt plays
 * the first list, and prompts beyond the last list play the last one. What a step is, {@link
 * StepReader} knows.
 *
 * @param turns the steps of each prompt, at least one list
 * @param itself what the agent tells of itself beyond the usual, in {@code "initialize"}
 * @param session what it tells of a session beyond the usual, in {@code "session"}
 * @param history what was said before in a session that is loaded, in {@code "loads"}; null when
 *     none can be loaded
 * @param resumes whether it goes on with any session, in {@code "resumes"}
 * @param login what it answers for a session while nobody has logged in, in {@code "login"}; null
 *     when no login is wanted
 */
record Script(
        List<List<Step>> turns,
        JsonNode itself,
        JsonNode session,
        @Nullable List<Step> history,
        boolean resumes,
        @Nullable String login) {

    private static final String OWN = "default-script.json";

    /** The steps for a prompt. */
    List<Step> stepsOf(int turn) {
        return turns.get(Math.min(turn, turns.size() - 1));
    }

    /** The script that is played when none is given. */
    static Script own() throws BadScript {
        try (InputStream in = Script.class.getResourceAsStream(OWN)) {
            if (in == null) {
                throw new BadScript("The own script of the scripted agent is not in its jar.");
            }
            return parse(OWN, new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new BadScript("The own script of the scripted agent cannot be read: " + e);
        }
    }

    /** The script of a file. */
    static Script of(Path file) throws BadScript {
        try {
            return parse(file.toString(), Files.readString(file));
        } catch (NoSuchFileException _) {
            throw new BadScript("The script %s is not there; check its path.".formatted(file));
        } catch (IOException e) {
            throw new BadScript("The script %s cannot be read: %s.".formatted(file, e));
        }
    }

    /** The script of a text. */
    static Script parse(String name, String text) throws BadScript {
        try {
            JsonNode json = Json.parse(text);
            return new Script(
                    turns(json),
                    json.path("initialize"),
                    json.path("session"),
                    json.has("loads") ? StepReader.steps("loads", json.path("loads")) : null,
                    json.path("resumes").asBoolean(false),
                    Json.text(json, "login"));
        } catch (Json.NotJson e) {
            throw new BadScript("The script %s is not JSON: %s.".formatted(name, e.getMessage()));
        } catch (BadScript e) {
            throw new BadScript(
                    "The script %s cannot be played: %s.".formatted(name, e.getMessage()));
        }
    }

    private static List<List<Step>> turns(JsonNode json) throws BadScript {
        JsonNode array = json.path("turns");
        if (array.isArray() && !array.isEmpty()) {
            var turns = new ArrayList<List<Step>>();
            for (int i = 0; i < array.size(); i++) {
                turns.add(StepReader.steps("turns[%d]".formatted(i), array.path(i)));
            }
            return turns;
        }
        if (json.path("steps").isArray()) {
            return List.of(StepReader.steps("steps", json.path("steps")));
        }
        throw new BadScript("it needs \"steps\", a list, or \"turns\", a list of lists");
    }
}

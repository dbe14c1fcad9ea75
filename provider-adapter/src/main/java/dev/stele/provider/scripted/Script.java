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
 */
record Script(List<List<Step>> turns) {

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
            if (json.path("turns").isArray() && !json.path("turns").isEmpty()) {
                return new Script(turns(json.path("turns")));
            }
            if (json.path("steps").isArray()) {
                return new Script(List.of(StepReader.steps("steps", json.path("steps"))));
            }
            throw new BadScript("it needs \"steps\", a list, or \"turns\", a list of lists");
        } catch (Json.NotJson e) {
            throw new BadScript("The script %s is not JSON: %s.".formatted(name, e.getMessage()));
        } catch (BadScript e) {
            throw new BadScript(
                    "The script %s cannot be played: %s.".formatted(name, e.getMessage()));
        }
    }

    private static List<List<Step>> turns(JsonNode array) throws BadScript {
        var turns = new ArrayList<List<Step>>();
        for (int i = 0; i < array.size(); i++) {
            turns.add(StepReader.steps("turns[%d]".formatted(i), array.path(i)));
        }
        return turns;
    }
}

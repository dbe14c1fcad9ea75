package dev.stele.provider.scripted;

import dev.stele.provider.rpc.Json;
import dev.stele.provider.scripted.Step.Asking;
import dev.stele.provider.scripted.Step.Branches;
import dev.stele.provider.scripted.Step.Change;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** Reads steps, and says where one is wrong. */
final class StepReader {

    /** The fields that each step may have, by the field that names it. */
    private static final Map<String, Set<String>> STEPS =
            Map.ofEntries(
                    Map.entry("say", Set.of("chunk", "everyMillis", "times")),
                    Map.entry("think", Set.of("chunk", "everyMillis", "times")),
                    Map.entry("plan", Set.of()),
                    Map.entry("read", Set.of()),
                    Map.entry("write", Set.of("content", "ask", "allowed", "rejected")),
                    Map.entry("append", Set.of("content", "ask", "allowed", "rejected")),
                    Map.entry("edit", Set.of("old", "new", "ask", "allowed", "rejected")),
                    Map.entry("run", Set.of("ask", "allowed", "rejected")),
                    Map.entry("ask", Set.of("options", "allowed", "rejected")),
                    Map.entry("pause", Set.of()),
                    Map.entry("waitForCancel", Set.of()),
                    Map.entry("hang", Set.of()),
                    Map.entry("fail", Set.of("code", "data")),
                    Map.entry("crash", Set.of()),
                    Map.entry("garbage", Set.of("times")),
                    Map.entry("update", Set.of()),
                    Map.entry("notify", Set.of("params")),
                    Map.entry("request", Set.of("params", "wait", "allowed", "rejected")),
                    Map.entry("awaitAnswers", Set.of()),
                    Map.entry("answer", Set.of("after")),
                    Map.entry("stop", Set.of()));

    private final String place;
    private final JsonNode json;
    private final String name;

    private StepReader(String place, JsonNode json) throws BadScript {
        this.place = place;
        this.json = json;
        this.name = nameOf();
    }

    /**
     * A list of steps.
     *
     * @param place where it stands, for errors
     * @param array the list
     * @throws BadScript when it is none, or one of them is no step
     */
    static List<Step> steps(String place, JsonNode array) throws BadScript {
        if (!array.isArray()) {
            throw new BadScript(place + " is a list of steps");
        }
        var steps = new ArrayList<Step>();
        for (int i = 0; i < array.size(); i++) {
            steps.add(new StepReader("%s[%d]".formatted(place, i), array.path(i)).step());
        }
        return steps;
    }

    /** "ask" names a step only where nothing else does: elsewhere it is an option of one. */
    private String nameOf() throws BadScript {
        var names = new ArrayList<>(json.propertyNames());
        names.retainAll(STEPS.keySet());
        if (names.size() > 1) {
            names.remove("ask");
        }
        if (names.size() != 1) {
            throw wrong(
                    "needs exactly one of "
                            + String.join(", ", STEPS.keySet().stream().sorted().toList()));
        }
        String found = names.getFirst();
        for (String field : json.propertyNames()) {
            if (!field.equals(found) && !STEPS.getOrDefault(found, Set.of()).contains(field)) {
                throw wrong("\"%s\" takes no \"%s\"".formatted(found, field));
            }
        }
        return found;
    }

    private Step step() throws BadScript {
        return switch (name) {
            case "say" -> say(false);
            case "think" -> say(true);
            case "plan" -> new Step.Plan(planEntries());
            case "read" -> new Step.Read(text(name));
            case "write" -> edit(new Change.Write(text("content")));
            case "append" -> edit(new Change.Append(text("content")));
            case "edit" -> edit(new Change.Replace(text("old"), text("new")));
            case "run" -> new Step.Run(text(name), asking(), branches());
            case "ask" -> new Step.Ask(text(name), options(), branches());
            case "pause" -> new Step.Pause(number(name, 0));
            case "waitForCancel" -> new Step.WaitForCancel();
            case "hang" -> new Step.Hang();
            case "fail" -> new Step.Fail(number("code", -32603), text(name), json.path("data"));
            case "crash" -> new Step.Crash(number(name, 1));
            case "garbage" -> new Step.Garbage(text(name), number("times", 1));
            case "stop" -> new Step.Stop(text(name));
            case "update" -> new Step.Update(object(name));
            case "notify" -> new Step.Tell(text(name), json.path("params"));
            case "request" ->
                    new Step.Request(
                            text(name),
                            json.has("params") ? object("params") : Json.object(),
                            json.path("wait").asBoolean(true),
                            branches());
            case "awaitAnswers" -> new Step.AwaitAnswers();
            case "answer" -> new Step.Answer(object(name), branch("after"));
            default -> throw new AssertionError(name);
        };
    }

    private Step say(boolean thinking) throws BadScript {
        String text = text(name).repeat(Math.max(0, number("times", 1)));
        int chunk = Math.max(1, number("chunk", Math.max(1, text.length())));
        return new Step.Say(thinking, text, chunk, number("everyMillis", 0));
    }

    private Step edit(Change change) throws BadScript {
        return new Step.Edit(text(name), change, asking(), branches());
    }

    private Asking asking() {
        return json.path("ask").asBoolean(true) ? Asking.ASKS : Asking.DOES;
    }

    private Branches branches() throws BadScript {
        return new Branches(branch("allowed"), branch("rejected"));
    }

    private List<Step> branch(String field) throws BadScript {
        return json.has(field) ? steps(place + "." + field, json.path(field)) : List.of();
    }

    private List<JsonNode> planEntries() {
        var entries = new ArrayList<JsonNode>();
        for (JsonNode entry : json.path(name)) {
            entries.add(
                    entry.isObject()
                            ? entry
                            : Json.object()
                                    .put("content", entry.asString(""))
                                    .put("priority", "medium")
                                    .put("status", "pending"));
        }
        return entries;
    }

    private List<JsonNode> options() throws BadScript {
        var options = new ArrayList<JsonNode>();
        for (JsonNode option : json.path("options")) {
            if (Json.text(option, "optionId") == null || Json.text(option, "kind") == null) {
                throw wrong("each option needs \"optionId\", \"name\" and \"kind\"");
            }
            options.add(option);
        }
        return options;
    }

    private String text(String field) throws BadScript {
        String text = Json.text(json, field);
        if (text == null) {
            throw wrong("needs \"%s\", a text".formatted(field));
        }
        return text;
    }

    private JsonNode object(String field) throws BadScript {
        if (!json.path(field).isObject()) {
            throw wrong("needs \"%s\", an object".formatted(field));
        }
        return json.path(field);
    }

    private int number(String field, int otherwise) throws BadScript {
        JsonNode value = json.path(field);
        if (value.isMissingNode() || value.isBoolean()) {
            return otherwise;
        }
        Integer number = Json.smallInteger(json, field);
        if (number == null) {
            throw wrong("needs \"%s\", a whole number".formatted(field));
        }
        return number;
    }

    private BadScript wrong(String why) {
        return new BadScript(place + " " + why);
    }
}

package dev.stele.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stele.app.cli.Cli.Outcome;
import dev.stele.provider.process.KnownAgent;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** {@code stele agents}, {@code run}, {@code record} and {@code usage} with agents of the shell. */
@Timeout(180)
class AgentCommandsTest {
    private static final JsonMapper JSON = new JsonMapper();
    private static final String GONE = "no-such-program-here --acp";

    @TempDir private Path place;
    private InProcess stele = new InProcess(Path.of("."));
    private Path project = Path.of(".");

    @BeforeEach
    void a_home() throws IOException {
        stele = new InProcess(Files.createDirectories(place.resolve("home")));
        project = Files.createDirectories(place.resolve("project"));
    }

    /** The agents of this machine must not answer in a test: their names are taken. */
    private void settings(Map<String, String> agents, Map<String, Object> more) throws Exception {
        var all = new LinkedHashMap<String, String>();
        for (KnownAgent known : KnownAgent.values()) {
            all.put(known.agentName(), GONE);
        }
        all.putAll(agents);
        ObjectNode settings = JSON.createObjectNode();
        settings.set("agents", JSON.valueToTree(all));
        more.forEach((name, value) -> settings.set(name, JSON.valueToTree(value)));
        Files.writeString(stele.home().resolve("config.json"), settings.toString());
    }

    private void settings(Map<String, String> agents) throws Exception {
        settings(agents, Map.of());
    }

    private Outcome prompt(String... more) {
        var words = new ArrayList<>(List.of(more));
        words.addAll(List.of("--approve", "none", "--project", project.toString(), "Go."));
        return stele.run(words.toArray(String[]::new));
    }

    private static final String BROKEN = "sh -c 'echo no configuration >&2; exit 3'";

    @Test
    void agents_are_shown_with_their_versions_and_what_keeps_them_from_working() throws Exception {
        settings(
                Map.of(
                        "works", ShellAgent.ready(place),
                        "wants", ShellAgent.wantingLogin(place),
                        "breaks", BROKEN));
        Outcome shown = stele.run("agents");

        assertThat(shown.code()).isZero();
        assertThat(row(shown, "works")).contains("9.8.7").contains("ready");
        assertThat(row(shown, "wants")).contains("login missing:").contains("who are you");
        assertThat(row(shown, "breaks"))
                .contains("cannot be used:")
                .contains("ended with exit code 3");
        assertThat(row(shown, "gemini")).contains("not installed").contains(GONE);
    }

    private static String row(Outcome shown, String agent) {
        return shown.out()
                .lines()
                .filter(line -> line.startsWith(agent + " "))
                .findFirst()
                .orElse("");
    }

    @Test
    void agents_are_told_to_programs_in_json() throws Exception {
        settings(Map.of("works", ShellAgent.ready(place), "wants", ShellAgent.wantingLogin(place)));
        var states = new LinkedHashMap<String, String>();
        for (String line : stele.run("--json", "agents").out().lines().toList()) {
            JsonNode agent = JSON.readTree(line);
            states.put(
                    agent.path("agent").asString(),
                    agent.path("installed").asBoolean()
                            ? agent.path("state").asString()
                            : "not installed");
        }

        assertThat(states)
                .containsEntry("works", "ready")
                .containsEntry("wants", "login_missing")
                .containsEntry("claude", "not installed");
    }

    @Test
    void without_a_name_the_first_agent_that_answers_is_prompted() throws Exception {
        settings(
                Map.of(
                        "a", "no-such-program-here",
                        "b", BROKEN,
                        "c", ShellAgent.wantingLogin(place),
                        "d", ShellAgent.ready(place),
                        "e", ShellAgent.ready(place)));

        Outcome outcome = prompt("run");
        assertThat(outcome.code()).as(outcome.screen()).isZero();
        assertThat(outcome.err()).contains(", agent d");
    }

    @Test
    void without_a_name_the_agent_of_the_settings_is_prompted_also_when_another_answers()
            throws Exception {
        settings(Map.of("a", ShellAgent.ready(place), "z", BROKEN), Map.of("defaultAgent", "z"));

        Outcome outcome = prompt("run");
        assertThat(outcome.code()).isEqualTo(1);
        assertThat(outcome.err()).contains(", agent z").contains("no configuration");
    }

    @Test
    void a_turn_that_was_cancelled_since_its_agent_was_silent_has_failed_and_says_so()
            throws Exception {
        settings(Map.of(), Map.of("agentSilenceSeconds", 1));
        Path script =
                Files.writeString(
                        place.resolve("silent.json"), "{\"steps\": [{\"waitForCancel\": true}]}");

        Outcome outcome = prompt("run", "--agent", "scripted:" + script);

        assertThat(outcome.code()).as(outcome.screen()).isEqualTo(1);
        assertThat(outcome.err())
                .contains("= cancelled: the agent said nothing for too long.")
                .contains("agentSilenceSeconds in config.json");
    }

    @Test
    void when_no_agent_answers_the_scripted_one_is_prompted_and_says_what_it_is() throws Exception {
        settings(Map.of("a", BROKEN));

        Outcome outcome = prompt("run");
        assertThat(outcome.code()).as(outcome.screen()).isZero();
        assertThat(outcome.err()).contains("scripted: it plays a script and asks no model");
    }

    @Test
    void a_recording_holds_the_wire_without_secrets_and_can_be_played() throws Exception {
        String key = "sk-abcdefghijklmnop0123456789";
        String said =
                ShellAgent.update(
                        """
                        {"sessionUpdate":"agent_message_chunk","content":\
                        {"type":"text","text":"Your key is %s, keep it."}}\
                        """
                                .formatted(key));
        String told =
                ShellAgent.update(
                        """
                        {"sessionUpdate":"tool_call","toolCallId":"c","title":"Look",\
                        "status":"completed","rawInput":{"apiKey":"quite private","n":123456}}\
                        """);
        settings(
                Map.of(
                        "a",
                        ShellAgent.prompted(
                                place, "talks", said + told, "{\"stopReason\":\"end_turn\"}")));
        Path file = place.resolve("run.jsonl");
        Outcome recorded = prompt("record", "--to", file.toString(), "--agent", "a");

        assertThat(recorded.code()).as(recorded.screen()).isZero();
        assertThat(Files.readString(file))
                .contains("initialize", "session/prompt", "Your key is [removed], keep it.")
                .contains("123456")
                .doesNotContain(key, "quite private");
        Outcome played = prompt("run", "--agent", "replay:" + file);
        assertThat(played.code()).as(played.screen()).isZero();
        assertThat(played.out()).contains("Your key is [removed], keep it.");
    }

    @Test
    void a_recording_needs_a_new_file_in_a_directory_that_is_there() throws Exception {
        settings(Map.of("a", ShellAgent.ready(place)));
        Path old = Files.writeString(place.resolve("old"), "precious");

        Outcome over = prompt("record", "--to", old.toString(), "--agent", "a");
        assertThat(over.code()).isEqualTo(2);
        assertThat(over.err()).contains("is there already");
        assertThat(Files.readString(old)).isEqualTo("precious");
        Outcome nowhere = prompt("record", "--to", place + "/no/f", "--agent", "a");
        assertThat(nowhere.code()).isEqualTo(2);
        assertThat(nowhere.err()).contains("is not there: make it first");
        assertThat(prompt("record", "--agent", "a").code()).isEqualTo(2);
    }

    @Test
    void what_agents_say_that_they_used_is_told_for_conversations_and_turns() throws Exception {
        String usage = "{\"inputTokens\":1234,\"outputTokens\":56,\"totalTokens\":1290}";
        settings(
                Map.of(
                        "a",
                        ShellAgent.prompted(
                                place,
                                "uses",
                                "",
                                "{\"stopReason\":\"end_turn\",\"usage\":%s}".formatted(usage))));
        assertThat(prompt("run", "--agent", "a").code()).isZero();

        Outcome all = stele.run("usage");
        assertThat(all.code()).isZero();
        assertThat(all.out().lines()).hasSize(2);
        assertThat(all.out()).contains("THREAD", "INPUT").containsPattern("1.?234.*56.*1.?290");
        String thread = all.out().lines().toList().getLast().split(" ", 2)[0];
        Outcome one = stele.run("usage", thread);
        assertThat(one.out().lines()).hasSize(3);
        assertThat(one.out()).contains("TURN").contains("all");
        JsonNode json = JSON.readTree(stele.run("--json", "usage").out());
        assertThat(json.findValue("input").asLong()).isEqualTo(1234);
        assertThat(stele.run("usage", "nobody").code()).isEqualTo(3);
    }

    @Test
    void without_any_usage_that_is_said() throws Exception {
        settings(Map.of("a", ShellAgent.ready(place)));
        prompt("run", "--agent", "a");

        Outcome none = stele.run("usage");
        assertThat(none.code()).isZero();
        assertThat(none.err()).contains("No agent has said what it used.");
    }

    @Test
    void what_the_settings_offer_is_told_to_the_agent_and_served() throws Exception {
        Files.writeString(project.resolve("a.txt"), "from the file");
        String asks =
                ShellAgent.line(
                                """
                                {"jsonrpc":"2.0","id":7,"method":"fs/read_text_file","params":\
                                {"sessionId":"s","path":"%s"}}\
                                """
                                        .formatted(project.toRealPath().resolve("a.txt")))
                        + "read -r answer\n";
        String agent = ShellAgent.prompted(place, "reads", asks, "{\"stopReason\":\"end_turn\"}");
        settings(Map.of("a", agent), Map.of("offers", new String[] {"readFiles"}));
        Path offered = place.resolve("offered.jsonl");
        assertThat(prompt("record", "--to", offered.toString(), "--agent", "a").code()).isZero();
        settings(Map.of("a", agent));
        Path refused = place.resolve("refused.jsonl");
        assertThat(prompt("record", "--to", refused.toString(), "--agent", "a").code()).isZero();

        assertThat(Files.readString(offered))
                .contains("\"readTextFile\":true", "\"writeTextFile\":false", "\"terminal\":false")
                .contains("from the file");
        assertThat(Files.readString(refused))
                .contains("\"readTextFile\":false")
                .contains("-32601")
                .doesNotContain("from the file");
    }

    @Test
    void files_that_are_attached_go_to_the_agent_as_what_they_are() throws Exception {
        settings(Map.of("a", ShellAgent.ready(place)));
        Path image = Files.write(place.resolve("a.PNG"), new byte[] {1, 2, 3});
        Path text = Files.writeString(place.resolve("b.txt"), "text \u00e4");
        Path bytes = Files.write(place.resolve("c.bin"), new byte[] {(byte) 0xff, 0});
        Path file = place.resolve("run.jsonl");
        Outcome outcome =
                prompt(
                        "record",
                        "--to",
                        file.toString(),
                        "--agent",
                        "a",
                        "--attach",
                        image.toString(),
                        "--attach",
                        text.toString());

        assertThat(outcome.code()).as(outcome.screen()).isEqualTo(1);
        assertThat(outcome.err()).contains("This agent takes no images");
        String takes =
                "\"agentCapabilities\":{\"promptCapabilities\":{\"image\":true,\"embeddedContext\":true}}";
        settings(Map.of("a", ShellAgent.taking(place, takes)));
        Path again = place.resolve("again.jsonl");
        outcome =
                prompt(
                        "record",
                        "--to",
                        again.toString(),
                        "--agent",
                        "a",
                        "--attach",
                        image.toString(),
                        "--attach",
                        text.toString(),
                        "--attach",
                        bytes.toString());
        assertThat(outcome.code()).as(outcome.screen()).isZero();
        assertThat(Files.readString(again))
                .contains("\"type\":\"image\",\"mimeType\":\"image/png\",\"data\":\"AQID\"")
                .contains("\"text\":\"text \u00e4\"", "b.txt")
                .contains("\"blob\":\"/wA=\"", "c.bin");
    }

    @Test
    void a_file_that_cannot_be_attached_is_told_before_anything_starts() throws Exception {
        settings(Map.of("a", ShellAgent.ready(place)));
        Path large = place.resolve("large");
        try (var file = new RandomAccessFile(large.toFile(), "rw")) {
            file.setLength((10L << 20) + 1);
        }

        Outcome gone = prompt("run", "--agent", "a", "--attach", place + "/gone");
        assertThat(gone.code()).isEqualTo(2);
        assertThat(gone.err()).contains("There is no file").contains("gone");
        Outcome tooLarge = prompt("run", "--agent", "a", "--attach", large.toString());
        assertThat(tooLarge.code()).isEqualTo(2);
        assertThat(tooLarge.err()).contains("larger than 10 MiB");
        Outcome queued = prompt("run", "--thread", "t", "--queue", "--attach", large.toString());
        assertThat(queued.err()).contains("What is queued is words only");
        assertThat(stele.run("threads").out()).doesNotContain("Go.");
    }

    @Test
    void settings_that_are_wrong_keep_a_run_from_starting_with_a_sentence() throws Exception {
        settings(Map.of("a", ShellAgent.ready(place)), Map.of("mostAgents", 0));
        Outcome outcome = prompt("run", "--agent", "a");

        assertThat(outcome.code()).isEqualTo(2);
        assertThat(outcome.err()).contains("mostAgents is no whole number from 1 on");
    }
}

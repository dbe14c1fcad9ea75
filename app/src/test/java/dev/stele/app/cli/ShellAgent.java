package dev.stele.app.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Agents that are shell scripts, which start in no time: each answers a few requests with what it
 * was told, and counts on the ids that Stele gives its requests.
 */
final class ShellAgent {
    private static final String VERSION_1 =
            "{\"protocolVersion\":1,\"agentInfo\":{\"name\":\"a\",\"version\":\"9.8.7\"}}";

    private ShellAgent() {}

    /** One that opens a session. */
    static String ready(Path folder) throws IOException {
        return prompted(folder, "ready", "", "{\"stopReason\":\"end_turn\"}");
    }

    /** One that tells more of itself. */
    static String taking(Path folder, String capabilities) throws IOException {
        return agent(
                folder,
                "taking",
                Map.of(
                        "initialize", say(0, "{\"protocolVersion\":1,%s}".formatted(capabilities)),
                        "session/new", say(1, "{\"sessionId\":\"s\"}"),
                        "session/prompt", say(2, "{\"stopReason\":\"end_turn\"}")));
    }

    /**
     * One that can be prompted.
     *
     * @param folder where its script is put
     * @param name names the script
     * @param lines lines that it says in a turn, each as it stands on the wire
     * @param result its answer to the prompt
     * @return its command line
     */
    static String prompted(Path folder, String name, String lines, String result)
            throws IOException {
        return agent(
                folder,
                name,
                Map.of(
                        "initialize", say(0, VERSION_1),
                        "session/new", say(1, "{\"sessionId\":\"s\"}"),
                        "session/prompt", lines + say(2, result)));
    }

    /** One that wants a login. */
    static String wantingLogin(Path folder) throws IOException {
        String refusal =
                "printf '%s\\n' '{\"jsonrpc\":\"2.0\",\"id\":1,\"error\":{\"code\":-32000,"
                        + "\"message\":\"who are you\"}}'\n";
        return agent(
                folder, "wanting", Map.of("initialize", say(0, VERSION_1), "session/new", refusal));
    }

    private static String agent(Path folder, String name, Map<String, String> answers)
            throws IOException {
        Set<Map.Entry<String, String>> all = answers.entrySet();
        String cases =
                all.stream()
                        .map(answer ->
                                "*'\"%s\"'*)\n%s;;\n".formatted(answer.getKey(), answer.getValue()))
                        .collect(Collectors.joining());
        Path script = folder.resolve(name + ".sh");
        Files.writeString(
                script, "while read -r line; do\ncase $line in\n%sesac\ndone\n".formatted(cases));
        return "sh '%s'".formatted(script);
    }

    /** Says a line that stands as it is. */
    static String line(String json) {
        return "printf '%s\\n' '" + json + "'\n";
    }

    /** Says something in the session. */
    static String update(String update) {
        return line(
                "{\"jsonrpc\":\"2.0\",\"method\":\"session/update\",\"params\":{\"sessionId\":\"s\","
                        + "\"update\":"
                        + update
                        + "}}");
    }

    private static String say(int id, String result) {
        return line("{\"jsonrpc\":\"2.0\",\"id\":%d,\"result\":%s}".formatted(id, result));
    }
}

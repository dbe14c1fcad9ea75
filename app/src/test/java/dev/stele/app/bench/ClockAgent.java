package dev.stele.app.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The main class of an agent that says what its clock shows, at the moment in which it says so. It
 * knows only as much of the protocol as that takes. Arguments: how many times, and how many
 * microseconds lie between two.
 */
final class ClockAgent {
    private static final Pattern REQUEST =
            Pattern.compile("\"id\":(\\d+).*?\"method\":\"([a-z/]+)\"");

    private final PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    private final int times;
    private final long everyNanos;

    private ClockAgent(int times, long everyNanos) {
        this.times = times;
        this.everyNanos = everyNanos;
    }

    public static void main(String[] arguments) throws IOException {
        var agent =
                new ClockAgent(
                        Integer.parseInt(arguments[0]), Long.parseLong(arguments[1]) * 1_000);
        var in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            Matcher request = REQUEST.matcher(line);
            if (request.find()) {
                agent.answer(request.group(1), request.group(2));
            }
        }
    }

    private void answer(String id, String method) {
        switch (method) {
            case "initialize" -> result(id, "{\"protocolVersion\":1}");
            case "session/new" -> result(id, "{\"sessionId\":\"s\"}");
            case "session/prompt" -> {
                speak();
                result(id, "{\"stopReason\":\"end_turn\"}");
            }
            default -> result(id, "{}");
        }
    }

    private void result(String id, String result) {
        say("{\"jsonrpc\":\"2.0\",\"id\":%s,\"result\":%s}".formatted(id, result));
    }

    /** The clock is the system's: another process of this machine reads the same one. */
    private void speak() {
        for (int i = 0; i < times; i++) {
            LockSupport.parkNanos(everyNanos);
            say(
                    "{\"jsonrpc\":\"2.0\",\"method\":\"session/update\",\"params\":{\"sessionId\":"
                            + "\"s\",\"update\":{\"sessionUpdate\":\"agent_message_chunk\","
                            + "\"content\":{\"type\":\"text\",\"text\":\""
                            + System.nanoTime()
                            + " \"}}}}");
        }
    }

    private void say(String line) {
        out.print(line + "\n");
        out.flush();
    }
}

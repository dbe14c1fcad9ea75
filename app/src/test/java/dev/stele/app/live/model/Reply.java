package dev.stele.app.live.model;

import java.time.Duration;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/**
 * What the model answers.
 *
 * @param thoughts pieces of what it thinks first
 * @param words pieces of what it says then
 * @param calls of tools, at its end
 * @param pace between two pieces
 * @param ending how the answer ends
 */
record Reply(
        List<String> thoughts, List<String> words, List<Call> calls, Duration pace, Ending ending) {

    Reply {
        thoughts = List.copyOf(thoughts);
        words = List.copyOf(words);
        calls = List.copyOf(calls);
    }

    /** A call of a tool. */
    sealed interface Call {
        /** What the tool is called by. */
        String name();

        /** One with parameters. */
        record Structured(String name, ObjectNode arguments) implements Call {}

        /** One with a plain text. */
        record Freeform(String name, String input) implements Call {}
    }

    /** How an answer ends. */
    sealed interface Ending {
        /** In order. */
        record InOrder() implements Ending {}

        /** The connection breaks after the words. */
        record Dropped() implements Ending {}

        /** There is no answer but an error of HTTP. */
        record Refused(int status) implements Ending {}
    }
}

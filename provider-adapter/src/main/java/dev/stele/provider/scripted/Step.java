package dev.stele.provider.scripted;

import java.util.List;
import tools.jackson.databind.JsonNode;

/** One thing that the scripted agent does. The list is closed. */
sealed interface Step {

    /** How an action is asked for. */
    enum Asking {
        /** It waits for a permission. */
        ASKS,
        /** It is done without a question. */
        DOES
    }

    /**
     * Speaks, or thinks aloud.
     *
     * @param thinking whether it thinks
     * @param text the words
     * @param chunk how many characters go at once
     * @param everyMillis the pause between two pieces
     */
    record Say(boolean thinking, String text, int chunk, int everyMillis) implements Step {}

    /**
     * Tells a plan.
     *
     * @param entries its steps, as the protocol has them
     */
    record Plan(List<JsonNode> entries) implements Step {}

    /**
     * Reads a file, or lists a directory.
     *
     * @param path relative to the session's directory
     */
    record Read(String path) implements Step {}

    /**
     * Changes a file.
     *
     * @param path relative to the session's directory
     * @param change what is done to its text
     * @param asking whether it asks first
     * @param then what comes after the answer
     */
    record Edit(String path, Change change, Asking asking, Branches then) implements Step {}

    /**
     * Runs a command of the system's shell.
     *
     * @param command the command
     * @param asking whether it asks first
     * @param then what comes after the answer
     */
    record Run(String command, Asking asking, Branches then) implements Step {}

    /**
     * Asks for a permission.
     *
     * @param title the question
     * @param options the answers on offer, as the protocol has them
     * @param then what comes after the answer
     */
    record Ask(String title, List<JsonNode> options, Branches then) implements Step {}

    /**
     * Waits.
     *
     * @param millis how long
     */
    record Pause(int millis) implements Step {}

    /** Waits until it is cancelled. */
    record WaitForCancel() implements Step {}

    /** Never answers, and takes no notice of a cancel. */
    record Hang() implements Step {}

    /**
     * Answers the prompt with an error.
     *
     * @param code its code
     * @param message its message
     * @param data more about it, may be missing
     */
    record Fail(int code, String message, JsonNode data) implements Step {}

    /**
     * Ends the process.
     *
     * @param exitCode its exit code
     */
    record Crash(int exitCode) implements Step {}

    /**
     * Prints lines that are no messages.
     *
     * @param text a line
     * @param times how often
     */
    record Garbage(String text, int times) implements Step {}

    /**
     * Ends the turn.
     *
     * @param reason the stop reason
     */
    record Stop(String reason) implements Step {}

    /**
     * Sends an update of any kind.
     *
     * @param update the update, as the protocol has it
     */
    record Update(JsonNode update) implements Step {}

    /**
     * Sends a notification of any kind.
     *
     * @param method what it is about
     * @param params with what
     */
    record Tell(String method, JsonNode params) implements Step {}

    /**
     * Sends a request of any kind; the session's id is put into its parameters.
     *
     * @param method what is wanted
     * @param params with what
     * @param waits whether the answer is waited for before the next step
     * @param then what comes after an answer that was waited for
     */
    record Request(String method, JsonNode params, boolean waits, Branches then) implements Step {}

    /** Waits for all answers that were not waited for. */
    record AwaitAnswers() implements Step {}

    /**
     * Answers the prompt with any result.
     *
     * @param result the result
     * @param after what it does then
     */
    record Answer(JsonNode result, List<Step> after) implements Step {
        public Answer {
            after = List.copyOf(after);
        }
    }

    /**
     * What comes after an answer.
     *
     * @param allowed the steps when it was allowed
     * @param rejected the steps when it was not
     */
    record Branches(List<Step> allowed, List<Step> rejected) {
        public Branches {
            allowed = List.copyOf(allowed);
            rejected = List.copyOf(rejected);
        }
    }

    /** What is done to a file's text. */
    sealed interface Change {

        /**
         * The text is this.
         *
         * @param content the new text
         */
        record Write(String content) implements Change {}

        /**
         * This is added at its end.
         *
         * @param content what is added
         */
        record Append(String content) implements Change {}

        /**
         * One place is replaced.
         *
         * @param old what is there
         * @param replacement what is there afterwards
         */
        record Replace(String old, String replacement) implements Change {}
    }
}

package dev.stele.provider.replay;

import dev.stele.provider.rpc.RpcMessage;

/** What a client's message does in a dialogue, in both protocols. */
enum Step {
    /** The first word. */
    GREET,
    /** Opens a session, new or not. */
    OPEN,
    /** Begins a turn. */
    PROMPT,
    /** Cancels it. */
    CANCEL,
    /** Answers the agent. */
    ANSWER,
    /** Anything that a client may leave out. */
    ASIDE;

    /** What a message does. */
    static Step of(RpcMessage message) {
        return switch (message) {
            case RpcMessage.Request(_, var method, _) -> ofMethod(method);
            case RpcMessage.Notification(var method, _) -> ofMethod(method);
            case RpcMessage.Response _ -> ANSWER;
            // A refusal of what was no message: that is not recorded.
            case RpcMessage.Failure(var id, _, _, _) -> id.isNull() ? ASIDE : ANSWER;
        };
    }

    private static Step ofMethod(String method) {
        return switch (method) {
            case "initialize" -> GREET;
            case "session/new", "session/load", "session/resume", "thread/start", "thread/resume" ->
                    OPEN;
            case "session/prompt", "turn/start" -> PROMPT;
            case "session/cancel", "turn/interrupt" -> CANCEL;
            default -> ASIDE;
        };
    }
}

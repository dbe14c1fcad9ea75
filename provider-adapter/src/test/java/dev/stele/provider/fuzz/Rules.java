package dev.stele.provider.fuzz;

import dev.stele.contracts.ActionId;
import dev.stele.contracts.ProviderEvent;
import java.util.HashSet;
import java.util.Set;

/** What has to be true of a session's events, whatever its agent sends. */
final class Rules {
    private final Set<String> calls = new HashSet<>();
    private final Set<String> ended = new HashSet<>();
    private final Set<ActionId> asked = new HashSet<>();
    private boolean open;
    private long turns;
    private long events;

    /** No turn is open. */
    Rules() {}

    /** How many turns there were. */
    long turns() {
        return turns;
    }

    /** How many events there were. */
    long events() {
        return events;
    }

    /** A prompt goes out. */
    void prompted() {
        require(!open, "a turn is open when the next one begins");
        open = true;
        turns++;
        calls.clear();
        ended.clear();
    }

    /** An event comes out. */
    void heard(ProviderEvent event) {
        events++;
        switch (event) {
            case ProviderEvent.SessionUpdate _,
                    ProviderEvent.UsageUpdate _,
                    ProviderEvent.Notice _ -> {}
            case ProviderEvent.TextDelta _,
                    ProviderEvent.ThinkingDelta _,
                    ProviderEvent.PlanUpdate _,
                    ProviderEvent.Retrying _ ->
                    require(open, event + " outside a turn");
            case ProviderEvent.ToolCall(var call) -> {
                require(open, event + " outside a turn");
                calls.add(call.id());
            }
            case ProviderEvent.ToolResult(var result) -> {
                require(calls.contains(result.toolCallId()), event + " of a call nobody saw");
                require(ended.add(result.toolCallId()), event + " is a second end");
            }
            case ProviderEvent.AwaitingApproval question -> {
                require(open, event + " outside a turn");
                require(asked.add(question.actionId()), event + " was asked before");
            }
            case ProviderEvent.ApprovalWithdrawn(var action) ->
                    require(asked.contains(action), event + " was never asked");
            case ProviderEvent.TurnComplete _, ProviderEvent.Error _ -> {
                require(open, event + " is an end of no turn");
                open = false;
            }
        }
    }

    /** The session is over. */
    void over() {
        require(!open, "a turn stays open");
    }

    private static void require(boolean holds, String what) {
        if (!holds) {
            throw new AssertionError(what);
        }
    }
}

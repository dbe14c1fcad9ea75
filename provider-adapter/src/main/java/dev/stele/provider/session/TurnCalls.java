package dev.stele.provider.session;

import dev.stele.contracts.MessageContent;
import dev.stele.contracts.ProviderEvent;
import dev.stele.contracts.ToolOutcome;
import dev.stele.contracts.ToolOutput;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The tool calls of one turn, as far as they are known. Not thread-safe. */
public final class TurnCalls {
    private static final int MOST_STREAMED = 1_000_000;

    private final Map<String, MessageContent.ToolCall> calls = new HashMap<>();
    private final Set<String> ended = new HashSet<>();
    private final Set<String> rejected = new HashSet<>();
    private final Map<String, StringBuilder> streamed = new LinkedHashMap<>();

    /** None. */
    public TurnCalls() {}

    /** What is known of a call, or null. */
    public MessageContent.@Nullable ToolCall known(String id) {
        return calls.get(id);
    }

    /** Whether a call has its result. */
    public boolean hasEnded(String id) {
        return ended.contains(id);
    }

    /** A call gets its result. */
    public void end(String id) {
        ended.add(id);
    }

    /** Leave for a call was refused. */
    public void reject(String id) {
        rejected.add(id);
    }

    /** Whether leave for a call was refused. */
    public boolean isRejected(String id) {
        return rejected.contains(id);
    }

    /**
     * Takes in what is told of a call.
     *
     * @param told what is told
     * @return the call when it is new, else what is new of it, if anything
     */
    public List<ProviderEvent> learn(MessageContent.ToolCall told) {
        var known = calls.get(told.id());
        if (known == null) {
            calls.put(told.id(), told);
            return List.of(new ProviderEvent.ToolCall(told));
        }
        var change = known.changedBy(told);
        calls.put(told.id(), known.mergedWith(told));
        return change.isBlank() ? List.of() : List.of(new ProviderEvent.ToolCall(change));
    }

    /**
     * Takes in a piece of what a call prints while it runs.
     *
     * @param id the call
     * @param piece the piece, or null for none
     */
    public void hear(String id, @Nullable String piece) {
        if (piece != null) {
            var all = streamed.computeIfAbsent(id, _ -> new StringBuilder());
            int room = MOST_STREAMED - all.length();
            all.append(piece, 0, Math.min(piece.length(), Math.max(0, room)));
        }
    }

    /** All that a call printed while it ran, or null. */
    public @Nullable String heard(String id) {
        var all = streamed.get(id);
        if (all == null) {
            return null;
        }
        return all.length() < MOST_STREAMED ? all.toString() : all + "… (cut by Stele)";
    }

    /** What the calls that never ended have printed, to be told at the turn's end. */
    public List<ProviderEvent> unfinished() {
        var events = new ArrayList<ProviderEvent>();
        for (String id : streamed.keySet()) {
            if (!ended.contains(id)) {
                var output = new ToolOutput.TextOutput(String.valueOf(heard(id)));
                events.addAll(learn(showing(id, output)));
            }
        }
        return events;
    }

    private static MessageContent.ToolCall showing(String id, ToolOutput output) {
        return new MessageContent.ToolCall(
                id, null, null, null, null, null, null, List.of(output), null);
    }

    /**
     * How a call ended.
     *
     * @param id the call
     * @param wentWell what the agent says
     * @param cancelled whether the turn was cancelled by us before
     */
    public ToolOutcome outcome(String id, boolean wentWell, boolean cancelled) {
        if (cancelled) {
            return ToolOutcome.CANCELLED;
        }
        if (wentWell) {
            return ToolOutcome.SUCCEEDED;
        }
        return isRejected(id) ? ToolOutcome.REJECTED : ToolOutcome.FAILED;
    }
}

package dev.stele.domain.bench;

import dev.stele.contracts.CheckpointId;
import dev.stele.contracts.MessageContent;
import dev.stele.contracts.ProjectId;
import dev.stele.contracts.ThreadId;
import dev.stele.contracts.TurnId;
import dev.stele.domain.event.OrchestrationEvent;
import dev.stele.domain.event.OrchestrationEvent.CheckpointEvent.*;
import dev.stele.domain.event.OrchestrationEvent.ProjectEvent.ProjectCreated;
import dev.stele.domain.event.OrchestrationEvent.ThreadEvent.*;
import dev.stele.domain.event.OrchestrationEvent.TurnEvent.*;
import dev.stele.domain.event.StoredEvent;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * The same fold with collections of the JDK that change in place: the speed that is given up for a
 * model that readers may keep. Knows the facts of {@link StreamingLog} alone.
 */
final class MutableFold {

    private final Map<ProjectId, List<ThreadId>> projects = new HashMap<>();
    private final Map<ThreadId, MutableThread> threads = new HashMap<>();
    private final Map<TurnId, MutableTurn> turns = new HashMap<>();
    private final Map<CheckpointId, OrchestrationEvent> checkpoints = new HashMap<>();
    private final Map<ThreadId, Object> statuses = new HashMap<>();
    private final Map<TurnId, Object> ends = new HashMap<>();
    private final Set<TurnId> lanes = new HashSet<>();
    private long sequence;

    private static final class MutableThread {
        final List<TurnId> turns = new ArrayList<>();
        final List<CheckpointId> checkpoints = new ArrayList<>();
    }

    private static final class MutableTurn {
        final List<Object> messages = new ArrayList<>();
        final Map<String, Integer> calls = new HashMap<>();
        final Set<Integer> openCalls = new HashSet<>();
    }

    long sequence() {
        return sequence;
    }

    void apply(StoredEvent stored) {
        sequence = stored.sequence();
        switch (stored.event()) {
            case MessageChunkReceived(var turn, var ordinal, var text) ->
                    ((StringBuilder) turn(turn).messages.get(ordinal)).append(text);
            case MessageAppended(var turn, var ordinal, _, var content, _, _) ->
                    append(turn(turn), ordinal, content);
            case TurnStarted(var turn, var thread, var prompt, _) -> start(turn, thread, prompt);
            case TurnCompleted e -> ends.put(e.turnId(), e);
            case ThreadStatusChanged(var thread, var status) -> statuses.put(thread, status);
            case ThreadCreated(var thread, var project, _, _, _) -> {
                if (threads.putIfAbsent(thread, new MutableThread()) == null) {
                    Objects.requireNonNull(projects.get(project)).add(thread);
                }
            }
            case CheckpointCreated e -> {
                checkpoints.put(e.checkpointId(), e);
                thread(e.threadId()).checkpoints.add(e.checkpointId());
            }
            case CheckpointGitRefAssigned e -> checkpoints.put(e.checkpointId(), e);
            case ProjectCreated e -> projects.put(e.projectId(), new ArrayList<>());
            case OrchestrationEvent other ->
                    throw new IllegalArgumentException("not in this log: " + other);
        }
    }

    private void start(TurnId turn, ThreadId thread, List<MessageContent> prompt) {
        var started = new MutableTurn();
        started.messages.add(prompt);
        turns.put(turn, started);
        thread(thread).turns.add(turn);
        lanes.add(turn);
    }

    private static void append(MutableTurn turn, int ordinal, MessageContent content) {
        switch (content) {
            case MessageContent.Text(var text) -> {
                var words = new StringBuilder(32);
                words.append(text);
                turn.messages.add(words);
            }
            case MessageContent.ToolCall call -> {
                turn.messages.add(call);
                turn.calls.put(call.id(), ordinal);
                turn.openCalls.add(ordinal);
            }
            case MessageContent.ToolResult result -> {
                turn.messages.add(result);
                turn.openCalls.remove(turn.calls.get(result.toolCallId()));
            }
            case MessageContent other -> turn.messages.add(other);
        }
    }

    private MutableTurn turn(TurnId id) {
        return Objects.requireNonNull(turns.get(id));
    }

    private MutableThread thread(ThreadId id) {
        return Objects.requireNonNull(threads.get(id));
    }
}

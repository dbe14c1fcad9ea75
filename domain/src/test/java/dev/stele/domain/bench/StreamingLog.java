package dev.stele.domain.bench;

import dev.stele.contracts.CheckpointId;
import dev.stele.contracts.MessageContent;
import dev.stele.contracts.ProjectId;
import dev.stele.contracts.Role;
import dev.stele.contracts.StopReason;
import dev.stele.contracts.ThreadId;
import dev.stele.contracts.ToolOutcome;
import dev.stele.contracts.TurnId;
import dev.stele.domain.event.OrchestrationEvent;
import dev.stele.domain.event.OrchestrationEvent.CheckpointEvent.*;
import dev.stele.domain.event.OrchestrationEvent.ProjectEvent.ProjectCreated;
import dev.stele.domain.event.OrchestrationEvent.ThreadEvent.*;
import dev.stele.domain.event.OrchestrationEvent.TurnEvent.*;
import dev.stele.domain.event.StoredEvent;
import dev.stele.domain.model.CheckpointStats;
import dev.stele.domain.model.ThreadStatus;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Random;

/**
 * A log as agents fill it: eight turns at a time in eight projects, each a hundred and twenty facts
 * of which nine in ten are pieces of text. A thread has ten turns, then another one is opened.
 */
final class StreamingLog {

    private static final int AT_ONCE = 8;
    private static final int TURNS_OF_A_THREAD = 10;
    private static final int PIECES = 108;
    private static final Instant AT = Instant.EPOCH;
    private static final CheckpointStats STATS = new CheckpointStats(1, 1, List.of());

    private final List<StoredEvent> log = new ArrayList<>();
    private final Random random = new Random(1);
    private int turns;

    private StreamingLog() {}

    /** The first facts of the log. */
    static StoredEvent[] of(int size) {
        var log = new StreamingLog();
        log.fill(size);
        return log.log.subList(0, size).toArray(StoredEvent[]::new);
    }

    private void fill(int size) {
        List<Deque<OrchestrationEvent>> streams = new ArrayList<>();
        for (int i = 0; i < AT_ONCE; i++) {
            add(new ProjectCreated(new ProjectId("p" + i), "p", "/p" + i, AT));
            streams.add(new ArrayDeque<>());
        }
        while (log.size() < size) {
            int i = random.nextInt(AT_ONCE);
            if (streams.get(i).isEmpty()) {
                streams.get(i).addAll(turn(i));
            }
            add(streams.get(i).remove());
        }
    }

    private void add(OrchestrationEvent event) {
        log.add(new StoredEvent(log.size() + 1L, event, AT));
    }

    private List<OrchestrationEvent> turn(int project) {
        int number = turns++;
        var thread = new ThreadId("t" + project + "-" + number / AT_ONCE / TURNS_OF_A_THREAD);
        var turn = new TurnId("u" + number);
        List<OrchestrationEvent> facts = new ArrayList<>();
        facts.add(new ThreadCreated(thread, new ProjectId("p" + project), "t", "scripted", AT));
        facts.add(new TurnStarted(turn, thread, List.of(new MessageContent.Text("Go on.")), AT));
        facts.add(new ThreadStatusChanged(thread, new ThreadStatus.Running(turn)));
        checkpoint(facts, CheckpointId.before(turn), thread, turn);
        words(facts, turn, 1, PIECES / 2);
        facts.add(appended(turn, 2, MessageContent.ToolCall.of("tc", "bash", "{}")));
        facts.add(
                appended(turn, 3, MessageContent.ToolResult.of("tc", "ok", ToolOutcome.SUCCEEDED)));
        words(facts, turn, 4, PIECES / 2);
        facts.add(new TurnCompleted(turn, StopReason.END_TURN, null, null, null, AT));
        facts.add(new ThreadStatusChanged(thread, new ThreadStatus.Idle()));
        checkpoint(facts, CheckpointId.after(turn), thread, turn);
        return facts;
    }

    private static void words(
            List<OrchestrationEvent> facts, TurnId turn, int ordinal, int pieces) {
        facts.add(appended(turn, ordinal, new MessageContent.Text("It begins. ")));
        for (int i = 1; i < pieces; i++) {
            facts.add(new MessageChunkReceived(turn, ordinal, "twelve chars"));
        }
    }

    private static MessageAppended appended(TurnId turn, int ordinal, MessageContent content) {
        return new MessageAppended(turn, ordinal, Role.ASSISTANT, content, null, AT);
    }

    private static void checkpoint(
            List<OrchestrationEvent> facts, CheckpointId id, ThreadId thread, TurnId turn) {
        facts.add(new CheckpointCreated(id, thread, turn, "of the turn", AT));
        facts.add(new CheckpointGitRefAssigned(id, "refs/stele/checkpoints/" + id, STATS, AT));
    }
}

package dev.stele.app.bench;

import com.google.inject.Guice;
import dev.stele.contracts.CheckpointId;
import dev.stele.contracts.CommandId;
import dev.stele.contracts.MessageContent;
import dev.stele.contracts.MessageContent.Text;
import dev.stele.contracts.MessageContent.ThinkingBlock;
import dev.stele.contracts.MessageContent.ToolCall;
import dev.stele.contracts.MessageContent.ToolResult;
import dev.stele.contracts.ProjectId;
import dev.stele.contracts.Role;
import dev.stele.contracts.StopReason;
import dev.stele.contracts.ThreadId;
import dev.stele.contracts.TokenUsage;
import dev.stele.contracts.ToolOutcome;
import dev.stele.contracts.TurnId;
import dev.stele.domain.event.OrchestrationEvent;
import dev.stele.domain.event.OrchestrationEvent.CheckpointEvent.CheckpointCreated;
import dev.stele.domain.event.OrchestrationEvent.CheckpointEvent.CheckpointGitRefAssigned;
import dev.stele.domain.event.OrchestrationEvent.ProjectEvent.ProjectCreated;
import dev.stele.domain.event.OrchestrationEvent.ThreadEvent.ThreadCreated;
import dev.stele.domain.event.OrchestrationEvent.ThreadEvent.ThreadStatusChanged;
import dev.stele.domain.event.OrchestrationEvent.ThreadEvent.UsageUpdated;
import dev.stele.domain.event.OrchestrationEvent.TurnEvent.MessageAppended;
import dev.stele.domain.event.OrchestrationEvent.TurnEvent.MessageChunkReceived;
import dev.stele.domain.event.OrchestrationEvent.TurnEvent.ToolCallUpdated;
import dev.stele.domain.event.OrchestrationEvent.TurnEvent.TurnCompleted;
import dev.stele.domain.event.OrchestrationEvent.TurnEvent.TurnStarted;
import dev.stele.domain.model.CheckpointStats;
import dev.stele.domain.model.ThreadStatus;
import dev.stele.domain.port.Append;
import dev.stele.domain.port.AppendResult;
import dev.stele.domain.port.EventStore;
import dev.stele.domain.port.ProviderMark;
import dev.stele.domain.port.Receipt;
import dev.stele.persistence.PersistenceConfig;
import dev.stele.persistence.PersistenceModule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * A log of any size, as agents make it that work side by side: in every turn they think and talk in
 * pieces of about twelve characters, call tools with small inputs and outputs of some kilobytes,
 * and have their two checkpoints. It is put straight into the store, a few hundred commands in one
 * transaction.
 */
final class TalkLog {
    private static final int AT_ONCE = 4;
    private static final int TURNS_OF_A_THREAD = 20;
    private static final int THREADS_OF_A_PROJECT = 50;
    private static final int STEPS = 8;
    private static final int PIECES = 35;
    private static final int DRAIN = 2_000;
    private static final String WORDS = "the agent reads, thinks, tries it once more and says so. ";

    private final EventStore store;
    private final Random random = new Random(7);
    private final List<Append.Entry> drain = new ArrayList<>();
    private Instant now = Instant.parse("2026-03-01T10:00:00Z");
    private long head;
    private int waiting;
    private int threads;
    private int turns;
    private ProjectId project = new ProjectId("none");

    private TalkLog(EventStore store) {
        this.store = store;
    }

    /**
     * Fills an empty home.
     *
     * @param file the store's file
     * @param bytes how large the file becomes, about
     * @return how many turns and facts there are, for people
     */
    static String fill(Path file, long bytes) throws IOException {
        var module = new PersistenceModule(PersistenceConfig.writing(file));
        try (EventStore store = Guice.createInjector(module).getInstance(EventStore.class)) {
            return new TalkLog(store).fill(() -> Files.size(file) < bytes);
        }
    }

    private interface Condition {
        boolean holds() throws IOException;
    }

    private String fill(Condition goesOn) throws IOException {
        List<Talk> atWork = new ArrayList<>();
        while (goesOn.holds() || !atWork.isEmpty()) {
            while (atWork.size() < AT_ONCE && goesOn.holds()) {
                atWork.add(new Talk(thread()));
            }
            for (Talk talk : atWork) {
                talk.goOn(1 + random.nextInt(40));
            }
            atWork.removeIf(Talk::isOver);
        }
        store();
        return "%,d turns in %,d threads, %,d facts".formatted(turns, threads, head);
    }

    private ThreadId thread() {
        if (threads % THREADS_OF_A_PROJECT == 0) {
            project = new ProjectId(id());
            fact(new ProjectCreated(project, "Work", "/projects/" + project, now), null);
        }
        threads++;
        var thread = new ThreadId(id());
        fact(new ThreadCreated(thread, project, "Mend what is broken", "claude", now), null);
        return thread;
    }

    private String id() {
        return Long.toString(random.nextLong(1L << 50, 1L << 60), 32) + "xyz00000";
    }

    private String words(int length) {
        var text = new StringBuilder(length + WORDS.length());
        for (int start = random.nextInt(40); text.length() < length; start = 0) {
            text.append(WORDS, start, WORDS.length());
        }
        return text.substring(0, length);
    }

    private void fact(OrchestrationEvent event, @Nullable ProviderMark mark) {
        entry(new Append.Entry(List.of(event), null, mark));
    }

    private void entry(Append.Entry entry) {
        drain.add(entry);
        waiting += entry.events().size();
        if (waiting >= DRAIN) {
            store();
        }
    }

    private void store() {
        now = now.plusMillis(500);
        if (!(store.append(new Append(head, now, drain))
                instanceof AppendResult.Appended(var at))) {
            throw new IllegalStateException("the log took nothing in");
        }
        head = at;
        drain.clear();
        waiting = 0;
    }

    /** A thread at work, turn after turn. */
    private final class Talk {
        private final ThreadId thread;
        private final Deque<OrchestrationEvent> said = new ArrayDeque<>();
        private TurnId turn = new TurnId("none");
        private long mark;
        private int done;

        Talk(ThreadId thread) {
            this.thread = thread;
        }

        boolean isOver() {
            return said.isEmpty() && done == TURNS_OF_A_THREAD;
        }

        void goOn(int pieces) {
            if (said.isEmpty() && done < TURNS_OF_A_THREAD) {
                begin();
            }
            for (int i = 0; i < pieces && !said.isEmpty(); i++) {
                OrchestrationEvent next = said.remove();
                fact(next, new ProviderMark(turn, ++mark));
            }
            if (said.isEmpty()) {
                end();
            }
        }

        private void begin() {
            turn = new TurnId(id());
            mark = 0;
            turns++;
            var prompt = List.<MessageContent>of(new Text(words(300)));
            List<OrchestrationEvent> facts =
                    List.of(
                            new TurnStarted(turn, thread, prompt, now),
                            new ThreadStatusChanged(thread, new ThreadStatus.Running(turn)));
            var outcome = new Receipt.Outcome.Accepted(head + waiting + 1, head + waiting + 2);
            String fingerprint = "%064x".formatted(random.nextLong(1L << 60));
            var receipt = new Receipt(new CommandId(id()), fingerprint, outcome, now);
            entry(new Append.Entry(facts, receipt, null));
            checkpoint(CheckpointId.before(turn));
            int ordinal = 1;
            for (int step = 0; step < STEPS; step++) {
                ordinal = step(ordinal);
            }
        }

        private int step(int first) {
            speech(first, new ThinkingBlock(words(12)));
            speech(first + 1, new Text(words(12)));
            String call = "toolu_" + id();
            said.add(message(first + 2, ToolCall.of(call, "edit", words(400))));
            var more = ToolCall.of(call, null, words(600));
            said.add(new ToolCallUpdated(turn, first + 2, more));
            var result = ToolResult.of(call, words(2_000 + random.nextInt(6_000)), OUTCOME);
            said.add(message(first + 3, result));
            return first + 4;
        }

        private void speech(int ordinal, MessageContent beginning) {
            said.add(message(ordinal, beginning));
            for (int i = 0; i < PIECES; i++) {
                said.add(new MessageChunkReceived(turn, ordinal, words(6 + random.nextInt(12))));
            }
        }

        private MessageAppended message(int ordinal, MessageContent content) {
            return new MessageAppended(turn, ordinal, Role.ASSISTANT, content, null, now);
        }

        private void end() {
            done++;
            var usage =
                    new TokenUsage(
                            1_200L, 800L, 50_000L, 900L, null, null, 60_000L, 200_000L, null);
            fact(new UsageUpdated(thread, turn, usage), null);
            entry(
                    new Append.Entry(
                            List.of(
                                    new TurnCompleted(
                                            turn, StopReason.END_TURN, null, null, null, now),
                                    new ThreadStatusChanged(thread, new ThreadStatus.Idle())),
                            null,
                            null));
            checkpoint(CheckpointId.after(turn));
        }

        private void checkpoint(CheckpointId id) {
            fact(new CheckpointCreated(id, thread, turn, DESCRIPTION, now), null);
            var stats = new CheckpointStats(812, 9_000_000, List.of());
            String ref = "refs/stele/checkpoints/" + thread + "/" + id;
            fact(new CheckpointGitRefAssigned(id, ref, stats, now), null);
        }
    }

    private static final ToolOutcome OUTCOME = ToolOutcome.SUCCEEDED;
    private static final String DESCRIPTION = "before the turn";
}

package dev.stele.app.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stele.app.support.Commands;
import dev.stele.contracts.MessageContent;
import dev.stele.contracts.ThreadId;
import dev.stele.contracts.TurnId;
import dev.stele.domain.command.OrchestrationCommand.DeleteThread;
import dev.stele.domain.command.OrchestrationCommand.QueueCommand.EditQueuedPrompt;
import dev.stele.domain.command.OrchestrationCommand.QueueCommand.QueuePrompt;
import dev.stele.domain.command.OrchestrationCommand.QueueCommand.RemoveQueuedPrompt;
import dev.stele.domain.command.OrchestrationCommand.StartTurn;
import dev.stele.domain.event.OrchestrationEvent;
import dev.stele.domain.event.OrchestrationEvent.QueueEvent.PromptQueued;
import dev.stele.domain.event.OrchestrationEvent.QueueEvent.QueuedPromptEdited;
import dev.stele.domain.event.OrchestrationEvent.QueueEvent.QueuedPromptRemoved;
import dev.stele.domain.event.OrchestrationEvent.TurnEvent;
import dev.stele.domain.event.OrchestrationEvent.TurnEvent.TurnStarted;
import dev.stele.domain.event.StoredEvent;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Clients that take a snapshot and follow the log from there, at any moment of a generated history,
 * get what came after it, and nothing twice.
 */
class TailPropertyTest {
    private static final int STEPS = 800;
    private static final int THREADS = 3;

    private final ServerRig rig;
    private final List<Follower> followers = new ArrayList<>();
    private final List<Waits> queued = new ArrayList<>();

    TailPropertyTest(@TempDir Path folder) {
        this.rig = new ServerRig(folder);
    }

    @AfterEach
    void close() {
        followers.forEach(follower -> follower.heard().close());
        rig.close();
    }

    /**
     * A client.
     *
     * @param after where its snapshot was
     * @param thread what it follows; null for everything
     */
    private record Follower(long after, @Nullable ThreadId thread, Listener heard) {}

    /** A prompt in a queue. */
    private record Waits(TurnId turn, ThreadId thread) {}

    private static ThreadId thread(int number) {
        return new ThreadId("thread-" + number);
    }

    private static List<MessageContent> words(String text) {
        return List.of(new MessageContent.Text(text));
    }

    private void follow(@Nullable ThreadId thread) {
        String snapshot = thread == null ? "/api/overview" : "/api/threads/" + thread;
        long after = rig.json(snapshot).path("sequence").asLong();
        String query = "?after=" + after + (thread == null ? "" : "&thread=" + thread);
        followers.add(new Follower(after, thread, new Listener(rig, query)));
    }

    @ParameterizedTest
    @ValueSource(longs = {11, 22})
    void who_follows_from_a_snapshot_misses_nothing(long seed) {
        var random = new Random(seed);
        rig.send(Commands.project(1));
        for (int i = 1; i <= THREADS; i++) {
            rig.send(Commands.thread(i));
            rig.send(new StartTurn(new TurnId("turn-" + i), thread(i), words("Go"), Commands.AT));
        }
        for (int step = 0; step < STEPS; step++) {
            if (step % 100 == 50) {
                follow(random.nextInt(3) == 0 ? null : thread(1 + random.nextInt(THREADS)));
            }
            happens(random, step);
        }
        rig.send(new DeleteThread(thread(THREADS), Commands.AT));
        for (int i = 1; i < THREADS; i++) { // the last that each follower waits for
            rig.send(new QueuePrompt(new TurnId("end-" + i), thread(i), words("."), Commands.AT));
        }
        followers.forEach(follower -> checked(follower, seed));
    }

    private void happens(Random random, int step) {
        int kind = random.nextInt(10);
        if (kind < 3 || queued.isEmpty()) {
            var id = new TurnId("queued-" + step);
            ThreadId into = thread(1 + random.nextInt(THREADS - 1));
            queued.add(new Waits(id, into));
            rig.send(new QueuePrompt(id, into, words("Prompt " + step), Commands.AT));
        } else if (kind < 5) {
            Waits some = queued.get(random.nextInt(queued.size()));
            rig.send(
                    new EditQueuedPrompt(
                            some.thread(), some.turn(), words("Now " + step), Commands.AT));
        } else if (kind < 8) {
            Waits gone = queued.remove(random.nextInt(queued.size()));
            rig.send(new RemoveQueuedPrompt(gone.thread(), gone.turn(), Commands.AT));
        } else {
            rig.send(Commands.says(step + 1, "word "));
        }
    }

    private void checked(Follower follower, long seed) {
        List<Long> wanted = wanted(follower);
        follower.heard().awaitId(wanted.getLast());
        List<Long> heard = follower.heard().ids;
        List<Long> missed = new ArrayList<>(wanted);
        missed.removeAll(heard);
        List<Long> others = new ArrayList<>(heard);
        others.removeAll(wanted);
        String who =
                "seed %d, after %d, thread %s: missed %s, and heard besides %s"
                        .formatted(seed, follower.after(), follower.thread(), missed, others);
        assertThat(heard.equals(wanted)).as(who).isTrue();
    }

    /** By a fold of the whole log, which knows all that ever was. */
    private List<Long> wanted(Follower follower) {
        Map<TurnId, ThreadId> turns = new HashMap<>();
        List<Long> wanted = new ArrayList<>();
        for (StoredEvent stored : all()) {
            if (stored.event() instanceof PromptQueued e) {
                turns.put(e.turnId(), e.threadId());
            } else if (stored.event() instanceof TurnStarted e) {
                turns.put(e.turnId(), e.threadId());
            }
            boolean mine =
                    follower.thread() == null
                            || follower.thread().equals(topic(stored.event(), turns));
            if (stored.sequence() > follower.after() && mine) {
                wanted.add(stored.sequence());
            }
        }
        return wanted;
    }

    private List<StoredEvent> all() {
        List<StoredEvent> all = new ArrayList<>();
        while (all.size() < rig.stele.model().sequence()) {
            all.addAll(rig.stele.page(all.size(), 1_000));
        }
        return all;
    }

    private @Nullable ThreadId topic(OrchestrationEvent event, Map<TurnId, ThreadId> turns) {
        return switch (event) {
            case QueuedPromptEdited e -> turns.get(e.turnId());
            case QueuedPromptRemoved e -> turns.get(e.turnId());
            case TurnEvent e -> turns.get(e.turnId());
            case OrchestrationEvent e -> Topics.of(e, rig.stele.model());
        };
    }
}

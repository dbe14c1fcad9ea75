package dev.stele.app.failover;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stele.app.engine.Engine;
import dev.stele.app.engine.EngineSettings;
import dev.stele.app.engine.NodeRole;
import dev.stele.app.engine.ReplayListener;
import dev.stele.app.support.FaultyStore;
import dev.stele.app.support.PlainCodec;
import dev.stele.app.support.Waiting;
import dev.stele.domain.port.EventStore;
import dev.stele.domain.tck.MemoryCluster;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Three nodes share a log in memory under load, and the one that writes is cut off, frozen in the
 * middle of an append, or closed, over and over. The order of the faults follows from the seed.
 */
@Timeout(value = 10, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class MemoryFailoverTest {
    private static final int ROUNDS = 30;
    private static final int CALLERS = 4;
    private static final long SEED = Long.getLong("stele.failover.seed", 1L);

    /** Leases end when the test says so, since their clock stands still. */
    private final MemoryCluster cluster =
            new MemoryCluster(Duration.ofHours(1), InstantSource.fixed(Instant.EPOCH));

    private final Collection<Kept> kept = new ConcurrentLinkedQueue<>();
    private final Map<String, Node> nodes = new LinkedHashMap<>();
    private final Random random = new Random(SEED);

    /** A node with its callers. */
    private record Node(String name, FaultyStore store, Engine engine, Callers callers) {
        /** Whether it has the newest term; who was cut off may not know it yet. */
        boolean writes(MemoryCluster cluster) {
            return engine.role() instanceof NodeRole.Writing(_, var token)
                    && token == cluster.lastToken();
        }

        void close() {
            engine.close();
            callers.stop();
        }
    }

    private Node open(String name) {
        var store = new FaultyStore(cluster.open(name));
        Engine engine =
                Engine.open(
                        new Engine.Parts(
                                store,
                                new PlainCodec(),
                                List::of,
                                InstantSource.system(),
                                List.of()),
                        EngineSettings.USUAL,
                        ReplayListener.SILENT);
        return new Node(name, store, engine, new Callers(engine, name, kept::add).start(CALLERS));
    }

    @Test
    void whatever_happens_to_a_writer_every_promise_is_kept_once() {
        for (String name : List.of("alpha", "beta", "gamma")) {
            nodes.put(name, open(name));
        }
        for (int round = 1; round <= ROUNDS; round++) {
            Node writer = awaitWriter();
            awaitPromises(20);
            switch (random.nextInt(3)) {
                case 0 -> cutOff();
                case 1 -> freeze(writer);
                default -> restart(writer);
            }
        }
        awaitWriter();
        awaitPromises(20);

        nodes.values().forEach(node -> node.callers().stop());
        verify();
        nodes.values().forEach(Node::close);
    }

    /** Another takes the lease; the writer learns of it by its next append. */
    private void cutOff() {
        long token = cluster.lastToken();
        cluster.runOut();
        Waiting.until("the next term", () -> cluster.lastToken() > token);
    }

    /** An append is held up until another node has written. */
    private void freeze(Node writer) {
        long token = cluster.lastToken();
        FaultyStore.Gate gate = writer.store().holdNext();
        gate.awaitAppend();
        cluster.runOut();
        Waiting.until("another takes over", () -> cluster.lastToken() > token);
        int before = kept.size();
        Waiting.until("another writes", () -> kept.size() > before);
        gate.open();
    }

    private void restart(Node writer) {
        writer.close();
        nodes.put(writer.name(), open(writer.name()));
    }

    private Node awaitWriter() {
        Waiting.until("a writer", () -> writer() != null);
        Node writer = writer();
        return writer == null ? awaitWriter() : writer;
    }

    private @Nullable Node writer() {
        return nodes.values().stream()
                .filter(node -> node.writes(cluster))
                .findFirst()
                .orElse(null);
    }

    private void awaitPromises(int more) {
        int before = kept.size();
        Waiting.until("commands are taken", () -> kept.size() >= before + more);
    }

    private void verify() {
        try (EventStore reader = cluster.open("reader")) {
            Evidence evidence =
                    Evidence.of(reader).keeps(new ArrayList<>(kept), reader).isInOrder();
            assertThat(evidence.terms()).as("seed %d", SEED).isGreaterThan(ROUNDS / 2);
            for (Node node : nodes.values()) {
                Waiting.until(
                        node.name() + " has caught up",
                        () -> node.engine().model().sequence() >= evidence.head());
                var model = node.engine().model();
                assertThat(Evidence.of(reader).modelAt(model.sequence()))
                        .as("the model of %s, seed %d", node.name(), SEED)
                        .isEqualTo(Objects.requireNonNull(model));
            }
        }
    }
}

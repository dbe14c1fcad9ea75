package dev.stele.app.failover;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.inject.Guice;
import com.google.inject.Injector;
import dev.stele.app.support.Waiting;
import dev.stele.domain.port.Codec;
import dev.stele.domain.port.EventStore;
import dev.stele.domain.port.LogAdministration;
import dev.stele.domain.port.LogProgress;
import dev.stele.domain.port.LogVerification;
import dev.stele.persistence.PostgresConfig;
import dev.stele.persistence.PostgresConfig.Address;
import dev.stele.persistence.PostgresModule;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Three nodes, each a process of its own, share a log in PostgreSQL under load. The one that writes
 * is killed, or frozen until another has taken over, at random moments, over and over; then all
 * that was promised is looked for.
 */
final class Failover implements AutoCloseable {
    private static final int CALLERS = 16;
    private static final List<String> NAMES = List.of("alpha", "beta", "gamma");

    private final String address;
    private final Duration lease;
    private final Path folder;
    private final Random random;
    private final Collection<Kept> promises = new ConcurrentLinkedQueue<>();
    private final List<NodeProcess> nodes = new ArrayList<>();
    private final List<Long> takeovers = new ArrayList<>();

    /**
     * A run that has not begun.
     *
     * @param address an empty log
     * @param lease how long a lease lasts
     * @param folder where the nodes' logs go
     * @param seed decides what happens
     */
    Failover(String address, Duration lease, Path folder, long seed) {
        this.address = address;
        this.lease = lease;
        this.folder = folder;
        this.random = new Random(seed);
    }

    /**
     * What a run amounts to.
     *
     * @param promises how many commands were acknowledged
     * @param facts how many facts the log has
     * @param terms how many terms of writers
     * @param median how long a takeover usually took, from the signal to the first moment of the
     *     next writer, in milliseconds
     * @param longest how long the longest took, in milliseconds
     */
    record Figures(int promises, long facts, long terms, long median, long longest) {}

    /**
     * Kills and freezes writers in some order, and verifies what is left. All nodes are up before
     * each round: how long a program takes to start is no part of a takeover.
     */
    Figures run(int kills, int freezes) throws IOException, InterruptedException {
        for (String name : NAMES) {
            nodes.add(start(name));
        }
        var rounds = new ArrayList<Boolean>(Collections.nCopies(kills, true));
        rounds.addAll(Collections.nCopies(freezes, false));
        Collections.shuffle(rounds, random);
        for (boolean isKill : rounds) {
            nodes.forEach(node -> Waiting.until(node.name() + " is up", node::isUp));
            NodeProcess writer = awaitWriter();
            awaitPromises(CALLERS);
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(random.nextInt(400)));
            if (isKill) {
                kill(writer);
            } else {
                freeze(writer);
            }
        }
        awaitWriter();
        awaitPromises(CALLERS);
        return verify();
    }

    private NodeProcess start(String name) throws IOException {
        return new NodeProcess(
                address, name, lease, CALLERS, folder.resolve(name + ".log"), promises);
    }

    private void kill(NodeProcess writer) throws IOException, InterruptedException {
        long at = System.nanoTime();
        writer.kill();
        awaitNext(writer, at);
        nodes.set(nodes.indexOf(writer), start(writer.name()));
    }

    private void freeze(NodeProcess writer) throws IOException, InterruptedException {
        long at = System.nanoTime();
        writer.signal("STOP");
        try {
            awaitNext(writer, at);
            awaitPromises(1);
        } finally {
            writer.signal("CONT");
        }
        Waiting.until(writer.name() + " follows", writer::follows);
    }

    private void awaitNext(NodeProcess old, long since) {
        Waiting.until(
                "another writes instead of " + old.name(),
                () -> nodes.stream().anyMatch(node -> node.token() > old.token()));
        long wroteAt =
                nodes.stream()
                        .filter(node -> node.token() > old.token())
                        .mapToLong(NodeProcess::wroteAt)
                        .min()
                        .orElseThrow();
        takeovers.add(TimeUnit.NANOSECONDS.toMillis(wroteAt - since));
    }

    private NodeProcess awaitWriter() {
        Waiting.until("a writer", () -> writer() != null);
        NodeProcess writer = writer();
        return writer == null ? awaitWriter() : writer;
    }

    private @Nullable NodeProcess writer() {
        long newest = nodes.stream().mapToLong(NodeProcess::token).max().orElse(0);
        return nodes.stream()
                .filter(node -> newest > 0 && node.token() == newest && !node.follows())
                .findFirst()
                .orElse(null);
    }

    private void awaitPromises(int more) {
        int before = promises.size();
        Waiting.until("commands are taken", () -> promises.size() >= before + more);
    }

    private Figures verify() throws IOException, InterruptedException {
        for (NodeProcess node : nodes) {
            assertThat(node.ask("pause")).isEqualTo("paused");
        }
        Injector reading =
                Guice.createInjector(
                        new PostgresModule(PostgresConfig.reading(Address.parse(address), null)));
        try (EventStore store = reading.getInstance(EventStore.class)) {
            Evidence evidence = verified(store, reading.getInstance(Codec.class));
            assertThat(reading.getInstance(LogAdministration.class).verify(LogProgress.SILENT))
                    .isInstanceOf(LogVerification.Sound.class);
            takeovers.sort(Long::compare);
            return new Figures(
                    promises.size(),
                    evidence.head(),
                    evidence.terms(),
                    takeovers.get(takeovers.size() / 2),
                    takeovers.getLast());
        }
    }

    private Evidence verified(EventStore store, Codec codec)
            throws IOException, InterruptedException {
        long head = store.head();
        for (NodeProcess node : nodes) {
            String model = caughtUp(node, head);
            long place = Long.parseLong(model.split(" ", -1)[1]);
            assertThat(model)
                    .as("the model of %s", node.name())
                    .isEqualTo(FailoverNode.describe(Evidence.of(store).modelAt(place), codec));
        }
        for (NodeProcess node : nodes) {
            node.quit();
            assertThat(node.exitValue()).as("the end of %s", node.name()).isZero();
        }
        return Evidence.of(store).keeps(new ArrayList<>(promises), store).isInOrder();
    }

    private static String caughtUp(NodeProcess node, long head)
            throws IOException, InterruptedException {
        String model = node.ask("model");
        while (Long.parseLong(model.split(" ", -1)[1]) < head) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
            model = node.ask("model");
        }
        return model;
    }

    @Override
    public void close() {
        nodes.forEach(NodeProcess::close);
    }
}

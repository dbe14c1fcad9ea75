package dev.stele.app.bench;

import com.google.inject.Guice;
import dev.stele.app.engine.Engine;
import dev.stele.app.engine.EngineSettings;
import dev.stele.app.engine.NodeRole;
import dev.stele.app.engine.ReplayListener;
import dev.stele.app.support.Commands;
import dev.stele.domain.event.StoredEvent;
import dev.stele.domain.port.Codec;
import dev.stele.domain.port.DispatchResult.Accepted;
import dev.stele.domain.port.EventStore;
import dev.stele.persistence.PostgresConfig;
import dev.stele.persistence.PostgresModule;
import dev.stele.persistence.server.PostgresServer;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.ToDoubleFunction;

/**
 * Durable dispatch on PostgreSQL against one commit a command on the same server, in turns: with 16
 * connections that insert a row each, once numbered by a sequence (with gaps), once by a row that
 * counts (without). The node that writes is measured alone and with three others that follow it; of
 * those it is told how old an event is when they have it: from its command's decision on.
 */
public final class PostgresBenchmark {

    private static final Duration TIME = Duration.ofSeconds(3);
    private static final int ROUNDS = 4;
    private static final int CONNECTIONS = 16;
    private static final int FOLLOWERS = 3;

    private record Round(
            Race.Result gaps, Race.Result counted, Race.Result alone, Race.Result followed) {}

    private PostgresBenchmark() {}

    /**
     * Runs it.
     *
     * @param arguments none
     */
    public static void main(String[] arguments) throws Exception {
        try (PostgresServer server = PostgresServer.startOwn();
                var plain = new Plain(server);
                var alone = new Node(server.newLog());
                var followed = new Node(server.newLog());
                var followers = new Followers(followed)) {
            for (int callers : new int[] {1, 16, 256}) {
                List<Round> rounds = new ArrayList<>();
                for (int i = 0; i < ROUNDS; i++) {
                    followers.lags.clear();
                    rounds.add(
                            new Round(
                                    Race.run(callers, TIME, _ -> plain.insert(Plain.GAPS)),
                                    Race.run(callers, TIME, _ -> plain.insert(Plain.COUNTED)),
                                    Race.run(callers, TIME, alone::rename),
                                    Race.run(callers, TIME, followed::rename)));
                }
                tell(callers, rounds.subList(1, ROUNDS), followers);
            }
        }
        System.exit(0);
    }

    private static void tell(int callers, List<Round> rounds, Followers followers) {
        System.out.printf(
                Locale.ROOT,
                "%d callers: %.0f/s (p50 %.2f ms, p99 %.2f ms); one commit a command %.0f/s with"
                        + " gaps, %.0f/s counted: %.1f and %.1f times as many; with %d followers"
                        + " %.0f/s, their lag p50 %.2f ms, p99 %.2f ms%n",
                callers,
                median(rounds, r -> r.alone().perSecond()),
                median(rounds, r -> r.alone().percentile(50)),
                median(rounds, r -> r.alone().percentile(99)),
                median(rounds, r -> r.gaps().perSecond()),
                median(rounds, r -> r.counted().perSecond()),
                median(rounds, r -> r.alone().perSecond() / r.gaps().perSecond()),
                median(rounds, r -> r.alone().perSecond() / r.counted().perSecond()),
                FOLLOWERS,
                median(rounds, r -> r.followed().perSecond()),
                followers.lag(50),
                followers.lag(99));
    }

    private static double median(List<Round> rounds, ToDoubleFunction<Round> figure) {
        double[] sorted = rounds.stream().mapToDouble(figure).sorted().toArray();
        return sorted[sorted.length / 2];
    }

    /** What one would write without an engine, with a pool of connections. */
    private static final class Plain implements AutoCloseable {
        static final String GAPS = "insert into plain (payload) values (?)";
        static final String COUNTED =
                "with h as (update head set seq = seq + 1 returning seq)"
                        + " insert into counted select seq, ? from h";

        private final BlockingQueue<Connection> pool = new ArrayBlockingQueue<>(CONNECTIONS);
        private final byte[] payload = new byte[300];

        Plain(PostgresServer server) throws SQLException {
            server.execute(
                    "create table plain (id bigserial primary key, payload bytea);"
                            + "create table counted (id bigint primary key, payload bytea);"
                            + "create table head (seq bigint); insert into head values (0)");
            for (int i = 0; i < CONNECTIONS; i++) {
                pool.add(server.connect());
            }
        }

        void insert(String sql) {
            try {
                Connection connection = pool.take();
                try (PreparedStatement insert = connection.prepareStatement(sql)) {
                    insert.setBytes(1, payload);
                    insert.executeUpdate();
                } finally {
                    pool.add(connection);
                }
            } catch (SQLException | InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        public void close() throws SQLException {
            for (Connection connection : pool) {
                connection.close();
            }
        }
    }

    /** A node that writes. */
    private static final class Node implements AutoCloseable {
        private final String address;
        private final Engine engine;

        Node(String address) {
            this.address = address;
            var injector = Guice.createInjector(new PostgresModule(config(address, "writer")));
            engine =
                    Engine.open(
                            new Engine.Parts(
                                    injector.getInstance(EventStore.class),
                                    injector.getInstance(Codec.class),
                                    List::of,
                                    InstantSource.system(),
                                    List.of()),
                            EngineSettings.USUAL,
                            ReplayListener.SILENT);
            while (!(engine.role() instanceof NodeRole.Writing)) {
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
            }
            engine.dispatch(Commands.as("project", Commands.project(1))).join();
        }

        static PostgresConfig config(String address, String node) {
            return PostgresConfig.writing(PostgresConfig.Address.parse(address), node, null);
        }

        void rename(long number) {
            String id = System.nanoTime() + "-" + number;
            var answer = engine.dispatch(Commands.as(id, Commands.rename("x".repeat(150)))).join();
            if (!(answer instanceof Accepted)) {
                throw new IllegalStateException(answer.toString());
            }
        }

        @Override
        public void close() {
            engine.close();
        }
    }

    /** Nodes that read what another writes. */
    private static final class Followers implements AutoCloseable {
        final BlockingQueue<Double> lags = new ArrayBlockingQueue<>(1_000_000);
        private final ExecutorService threads = Executors.newFixedThreadPool(FOLLOWERS);
        private volatile boolean stopped;

        Followers(Node writer) {
            for (int i = 0; i < FOLLOWERS; i++) {
                String node = "follower-" + i;
                threads.execute(() -> follow(writer, node));
            }
        }

        private void follow(Node writer, String node) {
            var injector =
                    Guice.createInjector(new PostgresModule(Node.config(writer.address, node)));
            try (EventStore store = injector.getInstance(EventStore.class)) {
                long place = store.head();
                while (!stopped) {
                    if (store.awaitBeyond(place, Duration.ofMillis(500))) {
                        List<StoredEvent> news = store.read(place, 10_000);
                        place += news.size();
                        Instant decided = news.getLast().storedAt();
                        lags.offer(Duration.between(decided, Instant.now()).toNanos() / 1e6);
                    }
                }
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
            }
        }

        double lag(int percent) {
            double[] sorted = lags.stream().mapToDouble(lag -> lag).sorted().toArray();
            return sorted.length == 0 ? 0 : sorted[(sorted.length - 1) * percent / 100];
        }

        @Override
        public void close() {
            stopped = true;
            threads.close();
        }
    }
}

package dev.stele.persistence.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stele.contracts.CommandId;
import dev.stele.contracts.TurnId;
import dev.stele.domain.event.OrchestrationEvent;
import dev.stele.domain.event.OrchestrationEvent.TurnEvent.MessageChunkReceived;
import dev.stele.domain.event.StoredEvent;
import dev.stele.domain.port.Append;
import dev.stele.domain.port.AppendResult;
import dev.stele.domain.port.AppendResult.Appended;
import dev.stele.domain.port.AppendResult.LeaseLost;
import dev.stele.domain.port.EventStore;
import dev.stele.domain.port.LeaseState.Elsewhere;
import dev.stele.domain.port.LeaseState.Held;
import dev.stele.domain.port.LogProgress;
import dev.stele.domain.port.LogVerification.Sound;
import dev.stele.domain.port.Receipt;
import dev.stele.domain.port.StoreException;
import dev.stele.domain.tck.Samples;
import dev.stele.persistence.json.JsonCodec;
import dev.stele.persistence.server.PostgresServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The server or the network goes away in the middle of work: nothing is lost, nothing doubled. */
@Timeout(value = 180, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class InterruptedStoreTest {

    private static final TurnId TURN = new TurnId("trn-1");

    /** How many sessions listen. */
    private static final String LISTENING =
            "select count(*) from pg_stat_activity where query like 'listen %'";

    private static PostgresServer server;

    @BeforeAll
    static void startServer() throws Exception {
        server = PostgresServer.startOwn();
    }

    @AfterAll
    static void stopServer() {
        server.close();
    }

    /**
     * Callers whose commands are appended one after the other, each until it is known to be in the
     * log: after an exception its receipt tells, as the engine does it.
     */
    private static final class Work implements AutoCloseable {
        private final EventStore store;
        private final BlockingQueue<String> wanted = new LinkedBlockingQueue<>();
        final ConcurrentLinkedQueue<String> acknowledged = new ConcurrentLinkedQueue<>();
        final Semaphore done = new Semaphore(0);
        final AtomicBoolean failed = new AtomicBoolean();
        private final AtomicBoolean stopped = new AtomicBoolean();
        private final ExecutorService writer = Executors.newSingleThreadExecutor();

        Work(EventStore store, int commands) {
            this.store = store;
            for (int i = 0; i < commands; i++) {
                wanted.add("cmd-" + i);
            }
            writer.execute(this::write);
        }

        private void write() {
            for (String id = wanted.poll(); id != null && !stopped.get(); id = wanted.poll()) {
                while (!stopped.get() && !isStored(id)) {
                    // not yet: the server is away, or the head was not as expected
                }
                acknowledged.add(id);
                done.release();
            }
        }

        private boolean isStored(String id) {
            try {
                return store.receipt(new CommandId(id)) != null
                        || store.append(command(store.head(), id)) instanceof Appended;
            } catch (StoreException e) {
                failed.set(true);
                assertThat(e).hasMessageNotContaining(PostgresServer.PASSWORD);
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
                return false;
            }
        }

        @Override
        public void close() {
            stopped.set(true);
            writer.close();
        }
    }

    private static Append command(long head, String id) {
        List<OrchestrationEvent> events =
                List.of(
                        new MessageChunkReceived(TURN, 1, id + "a"),
                        new MessageChunkReceived(TURN, 1, id + "b"));
        var receipt =
                new Receipt(
                        new CommandId(id),
                        "fingerprint",
                        new Receipt.Outcome.Accepted(head + 1, head + 2),
                        Samples.AT);
        return new Append(head, Samples.AT, List.of(new Append.Entry(events, receipt, null)));
    }

    private static void assertHoldsEachOnce(String address, int commands) {
        try (EventStore reader =
                PostgresEventStore.openToRead(
                        PostgresStores.login(address, "reader"), null, new JsonCodec())) {
            List<String> texts =
                    reader.read(0, Integer.MAX_VALUE).stream()
                            .map(StoredEvent::event)
                            .map(event -> ((MessageChunkReceived) event).text())
                            .toList();
            assertThat(texts).hasSize(2 * commands).doesNotHaveDuplicates();
            for (int i = 0; i < commands; i++) {
                int place = texts.indexOf("cmd-" + i + "a");
                assertThat(place).as("cmd-" + i).isNotNegative();
                assertThat(texts.get(place + 1)).isEqualTo("cmd-" + i + "b");
            }
        }
        assertThat(PostgresStores.administration(address).verify(LogProgress.SILENT))
                .isInstanceOf(Sound.class);
    }

    @Test
    void a_server_that_crashes_and_recovers_again_and_again_loses_and_doubles_nothing()
            throws Exception {
        String address = server.newLog();
        int commands = 600;
        try (EventStore store = PostgresStores.openToWrite(address);
                var work = new Work(store, commands)) {
            for (int crash = 1; crash <= 3; crash++) {
                work.done.acquire(100);
                server.stopAtOnce();
                server.start();
            }
            work.done.acquire(commands - 300);
            assertThat(work.failed).isTrue();
        }
        assertHoldsEachOnce(address, commands);
    }

    @Test
    void sessions_that_the_server_ends_are_replaced_and_nothing_is_lost() throws Exception {
        String address = server.newLog();
        int commands = 300;
        try (EventStore store = PostgresStores.openToWrite(address);
                var work = new Work(store, commands)) {
            for (int i = 0; i < 5; i++) {
                work.done.acquire(40);
                server.execute(
                        "select pg_terminate_backend(pid) from pg_stat_activity"
                                + " where application_name like 'stele%'");
            }
            work.done.acquire(commands - 200);
        }
        assertHoldsEachOnce(address, commands);
    }

    /** A backend that dies makes the server end all others and recover. */
    @Test
    void a_session_that_is_killed_takes_no_acknowledged_command_with_it() throws Exception {
        String address = server.newLog();
        int commands = 200;
        try (EventStore store = PostgresStores.openToWrite(address);
                var work = new Work(store, commands)) {
            work.done.acquire(60);
            String pid =
                    server.ask(
                            "select pid from pg_stat_activity where application_name like 'stele%'"
                                    + " and query like 'with moved%' limit 1");
            server.signal("KILL", Long.parseLong(Objects.requireNonNull(pid)));
            work.done.acquire(commands - 60);
            assertThat(work.failed).isTrue();
        }
        assertHoldsEachOnce(address, commands);
    }

    @Test
    void a_cut_network_ends_an_append_in_doubt_and_a_mended_one_settles_it() throws Exception {
        String address = server.newLog();
        try (var proxy = new Proxy(server.port());
                PostgresEventStore store =
                        PostgresStores.open(
                                through(proxy, address), "cut", Duration.ofSeconds(2))) {
            PostgresStores.takeLease(store);
            assertThat(store.append(command(0, "cmd-0"))).isEqualTo(new Appended(2));

            proxy.cut();
            assertThatThrownBy(() -> store.append(command(2, "cmd-1")))
                    .isInstanceOf(StoreException.class)
                    .hasMessageContaining("may or may not have happened");
            proxy.mend();

            assertThat(store.head()).isEqualTo(2);
            PostgresStores.takeLease(store);
            assertThat(appendThrough(store, command(2, "cmd-1"))).isEqualTo(new Appended(4));
        }
        assertHoldsEachOnce(address, 2);
    }

    @Test
    void a_writer_that_is_cut_off_is_replaced_and_appends_nothing_when_it_comes_back()
            throws Exception {
        String address = server.newLog();
        try (var proxy = new Proxy(server.port());
                PostgresEventStore old =
                        PostgresStores.open(through(proxy, address), "old", Duration.ofSeconds(2));
                PostgresEventStore next =
                        PostgresStores.open(address, "next", Duration.ofSeconds(2))) {
            PostgresStores.takeLease(old);
            assertThat(old.append(command(0, "cmd-0"))).isEqualTo(new Appended(2));

            proxy.cut();
            assertThatThrownBy(() -> PostgresStores.lease(old).take())
                    .isInstanceOf(StoreException.class);
            takeOver(next);
            proxy.mend();

            assertThat(appendThrough(old, command(2, "late"))).isEqualTo(new LeaseLost("next"));
            assertThat(next.append(command(2, "cmd-1"))).isEqualTo(new Appended(4));
            assertThat(PostgresStores.lease(old).take()).isInstanceOf(Elsewhere.class);
        }
        assertHoldsEachOnce(address, 2);
    }

    /**
     * Frozen is the session of the server in which the old one's append waits for nothing: to the
     * others it is as if the old one's program had been stopped in the middle.
     */
    @Test
    void who_freezes_inside_a_transaction_keeps_the_lease_from_nobody() throws Exception {
        String address = server.newLog();
        try (PostgresEventStore old = PostgresStores.open(address, "old", Duration.ofSeconds(1));
                PostgresEventStore next =
                        PostgresStores.open(address, "next", Duration.ofSeconds(1));
                var frozen =
                        new PostgresDatabase(PostgresStores.login(address, "frozen"))
                                .appending(Duration.ofSeconds(1))) {
            PostgresStores.takeLease(old);
            frozen.setAutoCommit(false);
            try (var statement = frozen.createStatement()) {
                statement.execute("update meta set head = 77");
            }

            takeOver(next);

            assertThat(next.head()).isZero();
            assertThat(next.append(command(0, "cmd-0"))).isEqualTo(new Appended(2));
        }
    }

    /**
     * As if its program had been stopped: an append of more than one statement has moved the head,
     * whose row it keeps locked, and the next statement comes no further than half.
     */
    @Test
    void who_freezes_in_the_middle_of_a_large_append_keeps_the_log_from_nobody() throws Exception {
        String address = server.newLog();
        Duration lease = Duration.ofSeconds(5);
        try (var proxy = new Proxy(server.port());
                PostgresEventStore old =
                        PostgresStores.open(through(proxy, address), "old", lease, 32 << 20, null);
                PostgresEventStore next = PostgresStores.open(address, "next", lease);
                ExecutorService threads = Executors.newSingleThreadExecutor()) {
            takeOver(old);
            assertThat(old.append(command(0, "cmd-0"))).isEqualTo(new Appended(2));
            Future<AppendResult> frozen = freezeInLargeAppend(old, proxy, threads);

            takeOver(next);

            assertThat(next.append(command(2, "cmd-1"))).isEqualTo(new Appended(4));
            assertThatThrownBy(frozen::get).hasCauseInstanceOf(StoreException.class);
            proxy.mend();
            assertThat(appendThrough(old, command(2, "late"))).isEqualTo(new LeaseLost("next"));
        }
        assertHoldsEachOnce(address, 2);
    }

    /** On a slow machine the lease may be over before the append has come so far. */
    private static Future<AppendResult> freezeInLargeAppend(
            PostgresEventStore store, Proxy proxy, ExecutorService threads) throws Exception {
        OrchestrationEvent large = new MessageChunkReceived(TURN, 1, "x".repeat(20 << 20));
        var entry = new Append.Entry(List.of(large, large), null, null);
        while (true) {
            takeOver(store);
            proxy.cutAfter(30 << 20);
            Future<AppendResult> append =
                    threads.submit(() -> store.append(new Append(2, Samples.AT, List.of(entry))));
            while (!proxy.isCut() && !append.isDone()) {
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
            }
            if (proxy.isCut()) {
                return append;
            }
        }
    }

    private static void await(String what, String count) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (!"1".equals(server.ask(count))) {
            assertThat(System.nanoTime() - deadline).as(what).isNegative();
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
        }
    }

    @Test
    void a_node_that_writes_leaves_no_news_behind_that_nobody_hears() throws Exception {
        try (EventStore store = PostgresStores.openToWrite(server.newLog())) {
            while (!"1".equals(server.ask(LISTENING))) {
                store.awaitBeyond(0, Duration.ofMillis(100));
            }

            store.append(command(0, "cmd-0"));

            await("nobody listens", LISTENING.replace("count(*)", "1 - count(*)"));
        }
    }

    @Test
    void many_nodes_that_take_turns_write_one_log() throws Exception {
        String address = server.newLog();
        int nodes = 3;
        int each = 20;
        try (var threads = Executors.newFixedThreadPool(nodes)) {
            List<Future<?>> runs = new ArrayList<>();
            for (int node = 0; node < nodes; node++) {
                int first = node * each;
                runs.add(threads.submit(() -> writeInTurns(address, first, each)));
            }
            for (Future<?> run : runs) {
                run.get();
            }
        }
        assertHoldsEachOnce(address, nodes * each);
    }

    private static void writeInTurns(String address, int first, int count) {
        try (PostgresEventStore store =
                PostgresStores.open(address, "node-" + first, Duration.ofSeconds(30))) {
            for (int i = first; i < first + count; i++) {
                takeOver(store);
                assertThat(store.append(command(store.head(), "cmd-" + i)))
                        .isInstanceOf(Appended.class);
                PostgresStores.lease(store).release();
            }
        }
    }

    /** What the store answers as soon as it has a connection again. */
    private static AppendResult appendThrough(EventStore store, Append append) {
        while (true) {
            try {
                return store.append(append);
            } catch (StoreException _) {
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
            }
        }
    }

    private static void takeOver(PostgresEventStore store) {
        while (!(PostgresStores.lease(store).take() instanceof Held)) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
        }
    }

    private static String through(Proxy proxy, String address) {
        return address.replace(":" + server.port() + "/", ":" + proxy.port() + "/");
    }
}

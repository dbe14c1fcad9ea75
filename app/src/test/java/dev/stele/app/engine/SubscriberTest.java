package dev.stele.app.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stele.app.support.Commands;
import dev.stele.app.support.FaultyStore;
import dev.stele.app.support.PlainCodec;
import dev.stele.app.support.Waiting;
import dev.stele.domain.event.StoredEvent;
import dev.stele.domain.port.EventStore;
import dev.stele.domain.tck.MemoryEventStore;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Those who are told of every fact. */
@Timeout(180)
class SubscriberTest {
    private static final EngineSettings SMALL = new EngineSettings(64, 64, 8, 4, 3);

    private final MemoryEventStore memory = new MemoryEventStore();
    private final List<Long> heard = new CopyOnWriteArrayList<>();
    private final List<Engine> open = new ArrayList<>();

    @AfterEach
    void close() {
        open.forEach(Engine::close);
    }

    private Engine open(Subscriber... subscribers) {
        return open(memory.reopened(), subscribers);
    }

    private Engine open(EventStore store, Subscriber... subscribers) {
        var parts =
                new Engine.Parts(
                        store,
                        new PlainCodec(),
                        List::of,
                        InstantSource.system(),
                        List.of(subscribers));
        Engine engine = Engine.open(parts, SMALL, ReplayListener.SILENT);
        open.add(engine);
        return engine;
    }

    private static Subscriber subscriber(@Nullable Long after, Consumer<StoredEvent> listener) {
        return new Subscriber("test", after, listener);
    }

    private void hear(StoredEvent fact) {
        heard.add(fact.sequence());
    }

    private static void facts(Engine engine, int first, int count) {
        for (int i = first; i < first + count; i++) {
            Rig.answer(engine.dispatch(Commands.as("command-" + i, Commands.project(i))));
        }
    }

    private static List<Long> places(long first, long last) {
        return LongStream.rangeClosed(first, last).boxed().toList();
    }

    @Test
    void it_hears_from_the_opening_on_all_that_comes_also_at_the_end() {
        facts(open(), 0, 5);
        Engine engine = open(subscriber(null, this::hear));
        facts(engine, 5, 4);
        engine.close();

        assertThat(heard).isEqualTo(places(6, 9));
    }

    @Test
    void it_hears_first_what_is_stored_after_its_place() {
        facts(open(), 0, 20);
        Engine engine = open(subscriber(7L, this::hear));
        facts(engine, 20, 3);
        Waiting.until("all is heard", () -> heard.size() == 16);

        assertThat(heard).isEqualTo(places(8, 23));
    }

    @Test
    void what_it_throws_costs_it_one_fact_and_others_nothing() {
        var others = new CopyOnWriteArrayList<Long>();
        Engine engine =
                open(
                        subscriber(
                                0L,
                                fact -> {
                                    if (fact.sequence() == 2) {
                                        throw new IllegalStateException("told by the test");
                                    }
                                    if (fact.sequence() == 3) {
                                        throw new AssertionError("told by the test");
                                    }
                                    hear(fact);
                                }),
                        subscriber(0L, fact -> others.add(fact.sequence())));
        facts(engine, 0, 5);
        engine.close();

        assertThat(heard).containsExactly(1L, 4L, 5L);
        assertThat(others).isEqualTo(places(1, 5));
    }

    @Test
    void one_that_is_slow_holds_nobody_up_and_misses_nothing() {
        var go = new CountDownLatch(1);
        Engine engine =
                open(
                        subscriber(
                                0L,
                                fact -> {
                                    await(go);
                                    hear(fact);
                                }));
        facts(engine, 0, 30);
        assertThat(heard).isEmpty();
        go.countDown();
        Waiting.until("all is heard", () -> heard.size() == 30);

        assertThat(heard).isEqualTo(places(1, 30));
    }

    @Test
    void a_log_that_cannot_be_read_any_more_keeps_nobody_from_closing() {
        var store = new FaultyStore(memory.reopened());
        var go = new CountDownLatch(1);
        Consumer<StoredEvent> slow =
                fact -> {
                    await(go);
                    hear(fact);
                };
        Engine engine = open(store, subscriber(null, slow));
        facts(engine, 0, 20);
        store.unreadable(true);
        go.countDown();

        engine.close();

        assertThat(heard).isEqualTo(places(1, heard.size())).hasSizeLessThan(20);
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void it_may_send_commands_and_close_the_engine_itself() throws InterruptedException {
        var engine = new AtomicReference<Engine>();
        var ready = new CountDownLatch(1);
        var closed = new CountDownLatch(1);
        engine.set(
                open(
                        subscriber(
                                0L,
                                fact -> {
                                    await(ready);
                                    hear(fact);
                                    if (fact.sequence() == 1) {
                                        facts(engine.get(), 1, 1);
                                    } else {
                                        engine.get().close();
                                        closed.countDown();
                                    }
                                })));
        ready.countDown();
        facts(engine.get(), 0, 1);
        closed.await();

        assertThat(heard).containsExactly(1L, 2L);
    }

    @Test
    void one_that_knows_more_than_the_log_is_refused_and_everything_is_closed() {
        facts(open(), 0, 3);

        assertThatThrownBy(() -> open(subscriber(4L, this::hear)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a subscription starts between 0 and the log's end at 3, not at 4");
    }
}

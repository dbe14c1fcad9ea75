package dev.stele.app.engine;

import static dev.stele.app.support.Commands.as;
import static dev.stele.app.support.Commands.project;
import static dev.stele.app.support.Commands.rename;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stele.domain.event.StoredEvent;
import dev.stele.domain.port.EventSubscription;
import dev.stele.domain.port.StoreException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every reader gets every fact, once and in order, wherever it starts and however slow it is. */
class SubscriptionTest {
    private static final Duration LONG = Duration.ofSeconds(60);

    /** A ring and pages so small that readers fall behind all the time. */
    private final Rig rig = new Rig(new EngineSettings(1_000, 1_000, 512, 16, 5));

    @AfterEach
    void close() {
        rig.close();
    }

    private void fill(int count) {
        rig.dispatch(as("fill", project(1)));
        for (int i = 2; i <= count; i++) {
            rig.dispatch(as("fill-" + i, rename("N" + i)));
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 33, 34, 35, 49, 50})
    void a_reader_starts_anywhere(long after) throws InterruptedException {
        fill(50);
        try (var subscription = rig.engine.subscribe(after)) {
            assertThat(readTo(subscription, 50)).isEqualTo(range(after + 1, 50));
            assertThat(subscription.position()).isEqualTo(50);
        }
    }

    @Test
    void what_was_written_before_the_engine_opened_is_read_too() throws InterruptedException {
        fill(30);
        try (var again = rig.reopened();
                var subscription = again.engine.subscribe(3)) {
            again.dispatch(as("more", rename("More")));

            assertThat(readTo(subscription, 31)).isEqualTo(range(4, 31));
        }
    }

    @Test
    void pages_are_no_larger_than_asked() throws InterruptedException {
        fill(50);
        try (var subscription = rig.engine.subscribe(0)) {
            while (subscription.position() < 50) {
                assertThat(subscription.next(LONG)).isNotEmpty().hasSizeLessThanOrEqualTo(5);
            }
        }
    }

    @Test
    void the_model_is_never_behind_the_facts() throws Exception {
        fill(1);
        try (var subscription = rig.engine.subscribe(0)) {
            Thread writer = Thread.startVirtualThread(() -> dispatchMany("w", 500));
            while (subscription.position() < 501) {
                subscription.next(LONG);
                assertThat(rig.engine.model().sequence())
                        .isGreaterThanOrEqualTo(subscription.position());
            }
            writer.join();
        }
    }

    @Test
    void many_readers_under_load_get_everything_once_and_in_order() throws Exception {
        fill(20);
        int writers = 4;
        int each = 250;
        long end = 20 + (long) writers * each;
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<List<Long>>> readers = new ArrayList<>();
            for (int i = 0; i < 40; i++) {
                long after = i % 21;
                Duration rest = Duration.ofNanos(i % 4 == 0 ? 2_000_000 : 0);
                Callable<List<Long>> reader = () -> readSlowly(after, end, rest);
                readers.add(threads.submit(reader));
            }
            for (int i = 0; i < writers; i++) {
                String name = "w" + i;
                threads.execute(() -> dispatchMany(name, each));
            }
            for (int i = 0; i < readers.size(); i++) {
                assertThat(readers.get(i).get()).isEqualTo(range(i % 21 + 1, end));
            }
        }
    }

    private List<Long> readSlowly(long after, long end, Duration rest) throws InterruptedException {
        var seen = new ArrayList<Long>();
        try (var subscription = rig.engine.subscribe(after)) {
            while (subscription.position() < end) {
                seen.addAll(sequences(subscription.next(LONG)));
                LockSupport.parkNanos(rest.toNanos());
            }
        }
        return seen;
    }

    @Test
    void a_reader_that_never_reads_holds_up_nobody() {
        try (var _ = rig.engine.subscribe(0)) {
            fill(200);
            assertThat(rig.engine.model().sequence()).isEqualTo(200);
        }
    }

    @Test
    void a_slow_reader_is_told_that_the_newest_model_is_nearer_and_loses_nothing_if_it_goes_on()
            throws Exception {
        try (var slow = rig.engine.subscribe(0)) {
            fill(10);
            assertThat(slow.isBehind()).isFalse();
            fill(200);
            assertThat(slow.isBehind()).isTrue();

            try (var anew = rig.engine.subscribe(rig.engine.model().sequence())) {
                assertThat(anew.isBehind()).isFalse();
                rig.dispatch(as("more", rename("More")));
                assertThat(anew.next(LONG)).extracting(StoredEvent::sequence).containsExactly(201L);
            }
            for (long place = 0; place < 201; ) {
                for (StoredEvent stored : slow.next(LONG)) {
                    assertThat(stored.sequence()).isEqualTo(++place);
                }
            }
            assertThat(slow.isBehind()).isFalse();
        }
    }

    @Test
    void news_wake_a_waiting_reader() throws Exception {
        try (var subscription = rig.engine.subscribe(0);
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<List<StoredEvent>> waiting = threads.submit(() -> subscription.next(LONG));
            fill(1);

            assertThat(waiting.get()).hasSize(1);
        }
    }

    @Test
    void without_news_a_reader_waits_only_so_long() throws InterruptedException {
        try (var subscription = rig.engine.subscribe(0)) {
            assertThat(subscription.next(Duration.ofMillis(5))).isEmpty();
            assertThat(subscription.next(Duration.ofSeconds(-1))).isEmpty();
            assertThat(subscription.isClosed()).isFalse();
        }
    }

    @Test
    void closing_wakes_the_waiting_reader() throws Exception {
        var subscription = rig.engine.subscribe(0);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<List<StoredEvent>> waiting = threads.submit(() -> subscription.next(LONG));
            subscription.close();
            subscription.close();

            assertThat(waiting.get()).isEmpty();
            assertThat(subscription.isClosed()).isTrue();
        }
        fill(1);
        assertThat(subscription.next(LONG)).isEmpty();
    }

    @Test
    void closing_the_engine_lets_readers_finish_what_is_in_memory() throws InterruptedException {
        fill(50);
        var near = rig.engine.subscribe(45);
        var far = rig.engine.subscribe(3);
        rig.close();

        assertThat(near.isClosed()).isFalse();
        assertThat(sequences(near.next(LONG))).isEqualTo(range(46, 50));
        assertThat(near.isClosed()).isTrue();
        assertThat(near.next(LONG)).isEmpty();
        assertThat(far.next(LONG)).isEmpty();
        assertThat(far.isClosed()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(longs = {-1, 11, Long.MAX_VALUE, Long.MIN_VALUE})
    void a_place_that_is_not_in_the_log_is_refused(long place) {
        fill(10);
        assertThatThrownBy(() -> rig.engine.subscribe(place))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("10")
                .hasMessageContaining(Long.toString(place));
    }

    @Test
    void a_reader_whose_store_fails_keeps_its_place() throws InterruptedException {
        fill(50);
        try (var subscription = rig.engine.subscribe(2)) {
            rig.store.unreadable(true);
            assertThatThrownBy(() -> subscription.next(LONG)).isInstanceOf(StoreException.class);
            rig.store.unreadable(false);

            assertThat(readTo(subscription, 50)).isEqualTo(range(3, 50));
        }
    }

    private void dispatchMany(String name, int count) {
        for (int i = 0; i < count; i++) {
            rig.dispatch(as(name + "-" + i, rename(name + i)));
        }
    }

    private static List<Long> readTo(EventSubscription subscription, long end)
            throws InterruptedException {
        var seen = new ArrayList<Long>();
        while (subscription.position() < end) {
            List<StoredEvent> page = subscription.next(LONG);
            assertThat(page).isNotEmpty();
            seen.addAll(sequences(page));
        }
        return seen;
    }

    private static List<Long> sequences(List<StoredEvent> events) {
        return events.stream().map(StoredEvent::sequence).toList();
    }

    private static List<Long> range(long from, long to) {
        return LongStream.rangeClosed(from, to).boxed().toList();
    }
}

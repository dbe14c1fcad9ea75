package dev.stele.domain.tck;

import static dev.stele.domain.tck.Appends.TURN;
import static dev.stele.domain.tck.Appends.accepted;
import static dev.stele.domain.tck.Appends.appendOf;
import static dev.stele.domain.tck.Appends.appendOfEvents;
import static dev.stele.domain.tck.Appends.chunks;
import static dev.stele.domain.tck.Appends.entry;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stele.contracts.CommandId;
import dev.stele.domain.port.AppendResult;
import dev.stele.domain.port.AppendResult.Appended;
import dev.stele.domain.port.AppendResult.LeaseLost;
import dev.stele.domain.port.EventStore;
import dev.stele.domain.port.LeaseState;
import dev.stele.domain.port.LeaseState.Elsewhere;
import dev.stele.domain.port.LeaseState.Held;
import dev.stele.domain.port.ProviderMark;
import dev.stele.domain.port.WriterLease;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * What every {@link EventStore} with a {@link WriterLease} has to do. An adapter proves itself with
 * a subclass that returns a fixture; no test can be skipped, and a store without a lease fails each
 * of them.
 */
@Timeout(value = 120, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
public abstract class WriterLeaseConformance {

    private static final Duration LONG = Duration.ofSeconds(60);

    private WriterLeaseFixture fixture;
    private EventStore first;
    private EventStore second;

    /** For subclasses. */
    @SuppressWarnings("NullAway.Init") // filled before each test
    protected WriterLeaseConformance() {}

    /** {@return a place for a shared log, empty and of its own for each test} */
    protected abstract WriterLeaseFixture newFixture();

    @BeforeEach
    final void openStores() {
        fixture = newFixture();
        first = fixture.open("first");
        second = fixture.open("second");
    }

    @AfterEach
    final void closeStores() {
        first.close();
        second.close();
        fixture.close();
    }

    @Test
    void each_store_knows_the_name_of_its_node_and_the_length_of_a_lease() {
        assertThat(lease(first).length()).isPositive().isEqualTo(lease(second).length());
        assertThat(lease(first).node()).isEqualTo("first");
        assertThat(lease(second).node()).isEqualTo("second");
    }

    @Test
    void a_free_lease_is_taken_and_others_learn_who_has_it() {
        assertThat(held(first).token()).isPositive();

        assertThat(take(second))
                .isInstanceOfSatisfying(
                        Elsewhere.class,
                        elsewhere -> {
                            assertThat(elsewhere.node()).isEqualTo("first");
                            assertThat(elsewhere.left()).isPositive();
                        });
    }

    @Test
    void asking_for_the_lease_takes_it_from_nobody() {
        Held before = held(first);

        for (int i = 0; i < 5; i++) {
            assertThat(take(second)).isInstanceOf(Elsewhere.class);
        }

        assertThat(held(first).token()).isEqualTo(before.token());
        assertThat(append(first, 0, 1)).isEqualTo(new Appended(1));
    }

    @Test
    void renewing_keeps_the_token_and_moves_the_end() {
        Held before = held(first);

        Held after = held(first);

        assertThat(after.token()).isEqualTo(before.token());
        assertThat(after.until()).isAfterOrEqualTo(before.until());
    }

    @Test
    void a_lease_given_back_is_taken_at_once_under_a_larger_token() {
        Held before = held(first);

        lease(first).release();

        assertThat(held(second).token()).isGreaterThan(before.token());
    }

    @Test
    void a_lease_that_ran_out_is_taken_by_another_under_a_larger_token() {
        Held before = held(first);

        fixture.runOut();

        assertThat(held(second).token()).isGreaterThan(before.token());
        assertThat(take(first)).isInstanceOf(Elsewhere.class);
    }

    @Test
    void a_lease_that_ran_out_is_never_renewed_but_taken_anew() {
        Held before = held(first);

        fixture.runOut();

        assertThat(held(first).token()).isGreaterThan(before.token());
    }

    @Test
    void tokens_only_grow_whoever_takes_it_and_however_it_ended() {
        var tokens = new ArrayList<Long>();
        for (int i = 0; i < 6; i++) {
            EventStore next = i % 2 == 0 ? first : second;
            tokens.add(held(next).token());
            if (i % 3 == 0) {
                fixture.runOut();
            } else {
                lease(next).release();
            }
        }
        first.close();
        first = fixture.open("first");
        tokens.add(held(first).token());

        assertThat(tokens).isSorted().doesNotHaveDuplicates();
    }

    @Test
    void of_many_that_ask_at_once_one_gets_it() throws Exception {
        for (int round = 0; round < 10; round++) {
            try (var threads = Executors.newFixedThreadPool(8)) {
                var go = new CountDownLatch(1);
                var answers = new ArrayList<Future<@Nullable String>>();
                for (int i = 0; i < 8; i++) {
                    EventStore store = i % 2 == 0 ? first : second;
                    answers.add(threads.submit(() -> winner(store, go)));
                }
                go.countDown();
                var winners = new HashSet<@Nullable String>();
                for (Future<@Nullable String> answer : answers) {
                    winners.add(answer.get());
                }
                winners.remove(null);
                assertThat(winners).hasSize(1);
            }
            fixture.runOut();
        }
    }

    private static @Nullable String winner(EventStore store, CountDownLatch go)
            throws InterruptedException {
        go.await();
        return take(store) instanceof Held ? lease(store).node() : null;
    }

    @Test
    void a_second_opening_under_the_same_name_is_another_holder() {
        held(first);
        try (EventStore twin = fixture.open("first")) {
            assertThat(take(twin)).isInstanceOf(Elsewhere.class);
            assertThat(append(twin, 0, 1)).isEqualTo(new LeaseLost("first"));
        }
        assertThat(append(first, 0, 1)).isEqualTo(new Appended(1));
    }

    @Test
    void giving_back_what_another_holds_does_nothing() {
        Held held = held(first);

        lease(second).release();
        second.close();
        second = fixture.open("second");

        assertThat(held(first).token()).isEqualTo(held.token());
        assertThat(append(first, 0, 1)).isEqualTo(new Appended(1));
    }

    @Test
    void nobody_appends_before_the_lease_is_taken() {
        assertThat(append(first, 0, 1)).isEqualTo(new LeaseLost(null));
        assertThat(append(second, 0, 1)).isEqualTo(new LeaseLost(null));
        assertThat(first.head()).isZero();

        held(first);
        assertThat(append(first, 0, 1)).isEqualTo(new Appended(1));
    }

    @Test
    void only_the_holder_appends_and_a_refused_append_leaves_nothing() {
        held(first);
        append(first, 0, 2);

        var refused =
                appendOf(
                        2,
                        entry(chunks(1), accepted("cmd-1", 3, 3)),
                        entry(chunks(1), new ProviderMark(TURN, 9)));
        assertThat(second.append(refused)).isEqualTo(new LeaseLost("first"));

        assertThat(second.head()).isEqualTo(2);
        assertThat(second.receipt(new CommandId("cmd-1"))).isNull();
        assertThat(second.providerMark(TURN)).isZero();
        assertThat(first.append(refused)).isEqualTo(new Appended(4));
        assertThat(second.receipt(new CommandId("cmd-1"))).isNotNull();
    }

    @Test
    void an_append_without_events_needs_the_lease_too() {
        held(first);

        var receipt = appendOf(0, entry(List.of(), accepted("cmd-2", 1, 0)));
        assertThat(second.append(receipt)).isEqualTo(new LeaseLost("first"));

        assertThat(first.receipt(new CommandId("cmd-2"))).isNull();
        assertThat(first.append(receipt)).isEqualTo(new Appended(0));
    }

    @Test
    void a_holder_of_the_past_appends_nothing_though_the_head_is_as_it_left_it() {
        held(first);
        append(first, 0, 3);
        fixture.runOut();
        held(second);

        assertThat(append(first, 3, 1)).isEqualTo(new LeaseLost("second"));

        assertThat(append(second, 3, 1)).isEqualTo(new Appended(4));
        assertThat(append(first, 3, 1)).isEqualTo(new LeaseLost("second"));
        assertThat(append(first, 4, 1)).isEqualTo(new LeaseLost("second"));
        assertThat(second.head()).isEqualTo(4);
    }

    @Test
    void a_holder_whose_time_is_over_appends_nothing_though_nobody_else_took_it() {
        held(first);
        append(first, 0, 1);

        fixture.runOut();

        assertThat(append(first, 1, 1)).isEqualTo(new LeaseLost(null));
        assertThat(first.head()).isEqualTo(1);
        held(first);
        assertThat(append(first, 1, 1)).isEqualTo(new Appended(2));
    }

    @Test
    void a_holder_that_gave_the_lease_back_appends_nothing() {
        held(first);
        append(first, 0, 1);

        lease(first).release();

        assertThat(append(first, 1, 1)).isEqualTo(new LeaseLost(null));
        assertThat(first.head()).isEqualTo(1);
    }

    @Test
    void an_opening_after_the_other_does_not_inherit_its_lease() {
        held(first);
        append(first, 0, 1);

        first.close();
        first = fixture.open("first");

        assertThat(append(first, 1, 1)).isInstanceOf(LeaseLost.class);
        assertThat(first.head()).isEqualTo(1);
    }

    @Test
    void the_next_holder_goes_on_where_the_last_one_ended() {
        held(first);
        append(first, 0, 3);
        lease(first).release();
        held(second);

        assertThat(append(second, 3, 2)).isEqualTo(new Appended(5));

        assertThat(first.head()).isEqualTo(5);
        assertThat(first.read(0, 100)).isEqualTo(second.read(0, 100)).hasSize(5);
    }

    @Test
    void who_follows_the_log_is_told_when_another_node_has_written() throws Exception {
        held(first);
        var following = new CountDownLatch(1);
        try (var threads = Executors.newSingleThreadExecutor()) {
            Future<Boolean> news =
                    threads.submit(() -> {
                        following.countDown();
                        boolean told = false;
                        for (int i = 0; i < 100 && !told; i++) {
                            told = second.awaitBeyond(0, LONG);
                        }
                        return told;
                    });
            following.await();
            append(first, 0, 1);
            assertThat(news.get()).isTrue();
        }
        assertThat(second.awaitBeyond(0, LONG)).isTrue();
        assertThat(second.awaitBeyond(1, Duration.ofMillis(1))).isFalse();
        assertThat(second.read(0, 10)).hasSize(1);
    }

    private static AppendResult append(EventStore store, long head, int events) {
        return store.append(appendOfEvents(head, chunks(events)));
    }

    private static Held held(EventStore store) {
        LeaseState state = take(store);
        assertThat(state).isInstanceOf(Held.class);
        return (Held) state;
    }

    private static LeaseState take(EventStore store) {
        return lease(store).take();
    }

    private static WriterLease lease(EventStore store) {
        return Objects.requireNonNull(store.lease(), "the store has no lease");
    }
}

package dev.stele.domain.tck;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stele.domain.port.Append;
import dev.stele.domain.port.AppendResult;
import dev.stele.domain.port.EventStore;
import dev.stele.domain.port.LeaseState;
import dev.stele.domain.port.LeaseState.Elsewhere;
import dev.stele.domain.port.LeaseState.Held;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Proves the suite of leases: each of its tests can fail, and each fault is seen by one. */
class BrokenLeasesTest {

    /** The suite with the store under proof. Runs only from here, one after the other. */
    static class Suite extends WriterLeaseConformance {
        private static Function<MemoryEventStore, EventStore> breaking = BrokenLease::new;

        @Override
        protected WriterLeaseFixture newFixture() {
            return new BrokenFixture(new MemoryLeaseFixture(), breaking);
        }
    }

    private record BrokenFixture(
            MemoryLeaseFixture sound, Function<MemoryEventStore, EventStore> breaking)
            implements WriterLeaseFixture {

        @Override
        public EventStore open(String node) {
            return breaking.apply((MemoryEventStore) sound.open(node));
        }

        @Override
        public void runOut() {
            sound.runOut();
        }

        @Override
        public void close() {
            sound.close();
        }
    }

    static Stream<Arguments> faults() {
        return Stream.of(
                fault("two hold it", TwoHoldIt::new, "of_many_that_ask_at_once_one_gets_it"),
                fault(
                        "the token goes back",
                        BrokenLeasesTest::tokenGoesBack,
                        "tokens_only_grow_whoever_takes_it_and_however_it_ended"),
                fault(
                        "the token stays",
                        BrokenLeasesTest::tokenStays,
                        "a_lease_given_back_is_taken_at_once_under_a_larger_token"),
                fault(
                        "anyone appends",
                        AnyoneAppends::new,
                        "only_the_holder_appends_and_a_refused_append_leaves_nothing"),
                fault(
                        "a holder of the past appends",
                        HolderOfThePastAppends::new,
                        "a_holder_of_the_past_appends_nothing_though_the_head_is_as_it_left_it"),
                fault(
                        "a holder whose time is over appends",
                        LateHolderAppends::new,
                        "a_holder_whose_time_is_over_appends_nothing_though_nobody_else_took_it"),
                fault(
                        "receipts need no lease",
                        ReceiptsNeedNoLease::new,
                        "an_append_without_events_needs_the_lease_too"),
                fault(
                        "it is never given back",
                        BrokenLeasesTest::neverGivenBack,
                        "a_lease_given_back_is_taken_at_once_under_a_larger_token"),
                fault(
                        "the twin shares it",
                        BrokenLeasesTest::twinShares,
                        "a_second_opening_under_the_same_name_is_another_holder"),
                fault(
                        "followers hear nothing",
                        BrokenLeasesTest::deaf,
                        "who_follows_the_log_is_told_when_another_node_has_written"));
    }

    private static Arguments fault(
            String what, Function<MemoryEventStore, EventStore> breaking, String seenBy) {
        return Arguments.of(what, breaking, seenBy);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("faults")
    void each_fault_fails_the_test_that_is_about_it(
            String what, Function<MemoryEventStore, EventStore> breaking, String seenBy) {
        BrokenStoresTest.Results results = run(breaking);

        assertThat(results.failed).as(what).contains(seenBy + "()");
        assertThat(results.skipped).isEmpty();
    }

    @Test
    void a_store_without_a_lease_fails_every_test() {
        BrokenStoresTest.Results results = run(_ -> BrokenStores.doingNothing(true));

        assertThat(results.passed).isEmpty();
        assertThat(results.skipped).isEmpty();
        assertThat(results.failed).hasSizeGreaterThan(15);
    }

    @Test
    void a_sound_lease_passes_every_test() {
        BrokenStoresTest.Results results = run(BrokenLease::new);

        assertThat(results.failed).isEmpty();
        assertThat(results.skipped).isEmpty();
        assertThat(results.passed).hasSizeGreaterThan(15);
    }

    private static BrokenStoresTest.Results run(Function<MemoryEventStore, EventStore> breaking) {
        Suite.breaking = breaking;
        try {
            return BrokenStoresTest.run(Suite.class);
        } finally {
            Suite.breaking = BrokenLease::new;
        }
    }

    /** Everyone is told that the lease is theirs. */
    private static final class TwoHoldIt extends BrokenLease {
        private static final AtomicLong TOKENS = new AtomicLong();

        TwoHoldIt(MemoryEventStore sound) {
            super(sound);
        }

        @Override
        public LeaseState take() {
            return super.take() instanceof Held held
                    ? held
                    : new Held(TOKENS.incrementAndGet(), Instant.MAX);
        }
    }

    private static BrokenLease tokenGoesBack(MemoryEventStore sound) {
        return new BrokenLease(sound) {
            @Override
            public LeaseState take() {
                return super.take() instanceof Held(var token, var until)
                        ? new Held(Math.max(1, 100 - token), until)
                        : super.take();
            }
        };
    }

    private static BrokenLease tokenStays(MemoryEventStore sound) {
        return new BrokenLease(sound) {
            @Override
            public LeaseState take() {
                return super.take() instanceof Held(_, var until)
                        ? new Held(1, until)
                        : super.take();
            }
        };
    }

    /** Appends as whoever may. */
    private static class AnyoneAppends extends BrokenLease {
        AnyoneAppends(MemoryEventStore sound) {
            super(sound);
        }

        boolean mayCheat(Append append) {
            return true;
        }

        @Override
        public AppendResult append(Append append) {
            AppendResult result = super.append(append);
            return result instanceof AppendResult.LeaseLost && mayCheat(append)
                    ? sound.withoutLease().append(append)
                    : result;
        }
    }

    private static final class HolderOfThePastAppends extends AnyoneAppends {
        private boolean held;

        HolderOfThePastAppends(MemoryEventStore sound) {
            super(sound);
        }

        @Override
        public LeaseState take() {
            LeaseState state = super.take();
            held |= state instanceof Held;
            return state;
        }

        @Override
        boolean mayCheat(Append append) {
            return held;
        }
    }

    private static final class LateHolderAppends extends BrokenLease {
        private boolean held;

        LateHolderAppends(MemoryEventStore sound) {
            super(sound);
        }

        @Override
        public LeaseState take() {
            LeaseState state = super.take();
            held = state instanceof Held;
            return state;
        }

        @Override
        public AppendResult append(Append append) {
            AppendResult result = super.append(append);
            return held && result.equals(new AppendResult.LeaseLost(null))
                    ? sound.withoutLease().append(append)
                    : result;
        }
    }

    private static final class ReceiptsNeedNoLease extends AnyoneAppends {
        ReceiptsNeedNoLease(MemoryEventStore sound) {
            super(sound);
        }

        @Override
        boolean mayCheat(Append append) {
            return append.eventCount() == 0;
        }
    }

    private static BrokenLease neverGivenBack(MemoryEventStore sound) {
        return new BrokenLease(sound) {
            @Override
            public void release() {
                // keeps it
            }
        };
    }

    private static BrokenLease twinShares(MemoryEventStore sound) {
        return new BrokenLease(sound) {
            @Override
            public LeaseState take() {
                LeaseState state = super.take();
                return state instanceof Elsewhere(var node, _) && node.equals(node())
                        ? new Held(1, Instant.MAX)
                        : state;
            }
        };
    }

    private static BrokenLease deaf(MemoryEventStore sound) {
        return new BrokenLease(sound) {
            @Override
            public boolean awaitBeyond(long sequence, Duration timeout) {
                return false;
            }
        };
    }
}

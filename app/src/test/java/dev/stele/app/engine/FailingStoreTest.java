package dev.stele.app.engine;

import static dev.stele.app.support.Commands.as;
import static dev.stele.app.support.Commands.project;
import static dev.stele.app.support.Commands.rename;
import static dev.stele.app.support.Commands.says;
import static dev.stele.app.support.Commands.thread;
import static dev.stele.app.support.Commands.turn;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stele.app.support.FaultyStore.Fault;
import dev.stele.contracts.CommandId;
import dev.stele.domain.port.DispatchResult;
import dev.stele.domain.port.DispatchResult.Accepted;
import dev.stele.domain.port.DispatchResult.Rejected;
import dev.stele.domain.port.DispatchResult.Unavailable;
import dev.stele.domain.port.DispatchResult.Unencodable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** After a failure nothing is guessed: what the store holds decides. */
class FailingStoreTest {
    private final Rig rig = new Rig();

    @BeforeEach
    void begin() {
        rig.dispatch(as("o-1", project(1)));
        rig.dispatch(as("o-2", thread(1)));
        rig.dispatch(as("o-3", turn(1)));
    }

    @AfterEach
    void modelIsTheLog() {
        rig.store.unreadable(false);
        assertThat(rig.engine.model()).isEqualTo(rig.replayed());
        rig.close();
    }

    @ParameterizedTest
    @EnumSource(names = {"THROWS_BEFORE", "THROWS_AFTER", "WRONG_HEAD", "DEFECT"})
    void a_single_failure_is_invisible(Fault fault) {
        rig.store.failNext(fault);

        assertThat(rig.dispatch(as("c-1", rename("A")))).isEqualTo(new Accepted(5, 5));
        assertThat(rig.dispatch(as("c-2", rename("B")))).isEqualTo(new Accepted(6, 6));
        assertThat(rig.memory.head()).isEqualTo(6);
    }

    @ParameterizedTest
    @EnumSource(names = {"THROWS_BEFORE", "THROWS_AFTER", "WRONG_HEAD", "DEFECT"})
    void a_whole_transaction_in_doubt_gets_its_answers_once(Fault fault) {
        var gate = rig.store.holdNext();
        var _ = rig.engine.dispatch(as("c-0", rename("Zero")));
        gate.awaitAppend();
        var answers = new ArrayList<CompletableFuture<DispatchResult>>();
        for (int i = 1; i <= 5; i++) {
            answers.add(rig.engine.dispatch(as("c-" + i, project(i))));
        }
        var word = rig.post(says(1, "Hello"));
        rig.store.failNext(Fault.NONE, fault);
        gate.open();

        assertThat(Rig.answer(answers.removeFirst())).isInstanceOf(Rejected.class);
        assertThat(answers.stream().map(Rig::answer))
                .containsExactly(
                        new Accepted(6, 6),
                        new Accepted(7, 7),
                        new Accepted(8, 8),
                        new Accepted(9, 9));
        assertThat(Rig.answer(word)).isInstanceOf(Accepted.class);
        assertThat(rig.memory.head()).isEqualTo(10);
    }

    @Test
    void a_second_failure_is_told_and_leaves_nothing() {
        rig.store.failNext(Fault.THROWS_BEFORE, Fault.WRONG_HEAD);

        assertThat(rig.dispatch(as("c-1", rename("A"))))
                .isInstanceOfSatisfying(
                        Unavailable.class, answer -> assertThat(answer.why()).contains("stands"));
        assertThat(rig.memory.receipt(new CommandId("c-1"))).isNull();
        assertThat(rig.memory.head()).isEqualTo(4);
        assertThat(rig.dispatch(as("c-1", rename("A")))).isEqualTo(new Accepted(5, 5));
    }

    @Test
    void a_second_failure_in_doubt_is_answered_from_the_store() {
        rig.store.failNext(Fault.THROWS_BEFORE, Fault.THROWS_AFTER);

        assertThat(rig.dispatch(as("c-1", rename("A")))).isEqualTo(new Accepted(5, 5));
    }

    @Test
    void words_in_doubt_are_taken_in_once() {
        rig.store.failNext(Fault.THROWS_BEFORE, Fault.THROWS_AFTER);
        assertThat(rig.submit(says(1, "a"))).isEqualTo(new Accepted(6, 5));
        rig.store.failNext(Fault.THROWS_AFTER);
        assertThat(rig.submit(says(2, "b"))).isEqualTo(new Accepted(7, 6));

        assertThat(rig.memory.head()).isEqualTo(6);
    }

    @Test
    void later_words_never_pass_an_earlier_one_that_was_not_taken() {
        rig.store.failNext(Fault.THROWS_BEFORE, Fault.THROWS_BEFORE);
        assertThat(rig.submit(says(1, "a"))).isInstanceOf(Unavailable.class);
        assertThat(rig.submit(says(2, "b"))).isInstanceOf(Unavailable.class);
        assertThat(rig.submit(says(3, "c"))).isInstanceOf(Unavailable.class);

        assertThat(rig.submit(says(1, "a"))).isEqualTo(new Accepted(5, 5));
        assertThat(rig.submit(says(3, "c"))).isEqualTo(new Accepted(6, 6));
    }

    @Test
    void words_sent_again_in_one_transaction_are_all_taken() {
        rig.store.failNext(Fault.THROWS_BEFORE, Fault.THROWS_BEFORE);
        assertThat(rig.submit(says(1, "a"))).isInstanceOf(Unavailable.class);
        var gate = rig.store.holdNext();
        var _ = rig.engine.dispatch(as("c-1", rename("A")));
        gate.awaitAppend();
        var first = rig.post(says(1, "a"));
        var second = rig.post(says(2, "b"));
        gate.open();

        assertThat(Rig.answer(first)).isEqualTo(new Accepted(6, 6));
        assertThat(Rig.answer(second)).isEqualTo(new Accepted(7, 7));
        assertThat(rig.submit(says(3, "c"))).isEqualTo(new Accepted(8, 8));
    }

    @Test
    void words_that_came_through_although_it_could_not_be_told_hold_up_nothing() {
        rig.store.failNext(Fault.THROWS_AFTER);
        var gate = rig.store.holdNext();
        var inDoubt = rig.post(says(1, "a"));
        gate.awaitAppend();
        rig.store.unreadable(true);
        gate.open();
        assertThat(Rig.answer(inDoubt)).isInstanceOf(Unavailable.class);
        rig.store.unreadable(false);

        assertThat(rig.submit(says(2, "b"))).isEqualTo(new Accepted(6, 6));
        assertThat(rig.submit(says(1, "a"))).isEqualTo(new Accepted(7, 6));
    }

    @Test
    void words_that_cannot_be_stored_at_all_hold_up_nothing() {
        rig.store.failNext(Fault.THROWS_BEFORE, Fault.THROWS_BEFORE);
        var large = says(1, "x".repeat(20_000));
        assertThat(rig.submit(large)).isInstanceOf(Unavailable.class);

        assertThat(rig.submit(large)).isInstanceOf(Unencodable.class);
        assertThat(rig.submit(says(2, "b"))).isEqualTo(new Accepted(5, 5));
    }

    @Test
    void a_store_that_cannot_be_read_either_makes_everything_unavailable_until_it_can() {
        rig.store.failNext(Fault.THROWS_AFTER);
        var gate = rig.store.holdNext();
        var inDoubt = rig.engine.dispatch(as("c-1", rename("A")));
        gate.awaitAppend();
        rig.store.unreadable(true);
        gate.open();

        assertThat(Rig.answer(inDoubt))
                .isInstanceOfSatisfying(
                        Unavailable.class,
                        answer -> assertThat(answer.why()).contains("cannot be read"));
        assertThat(rig.dispatch(as("c-2", rename("B")))).isInstanceOf(Unavailable.class);
        assertThat(rig.engine.model().sequence()).isEqualTo(4);

        rig.store.unreadable(false);
        assertThat(rig.dispatch(as("c-2", rename("B")))).isEqualTo(new Accepted(6, 6));
        assertThat(rig.dispatch(as("c-1", rename("A")))).isEqualTo(new Accepted(5, 5));
    }

    @Test
    void facts_that_came_through_in_doubt_are_published() throws InterruptedException {
        try (var subscription = rig.engine.subscribe(4)) {
            rig.store.failNext(Fault.THROWS_AFTER);
            rig.dispatch(as("c-1", rename("A")));

            assertThat(subscription.next(Duration.ofSeconds(60))).hasSize(1);
            assertThat(subscription.position()).isEqualTo(5);
        }
    }

    @Test
    void the_writer_outlives_a_lack_of_memory() {
        rig.store.failNext(Fault.OUT_OF_MEMORY);

        assertThat(rig.dispatch(as("c-1", rename("A")))).isInstanceOf(Unavailable.class);
        assertThat(rig.dispatch(as("c-1", rename("A")))).isEqualTo(new Accepted(5, 5));
    }
}

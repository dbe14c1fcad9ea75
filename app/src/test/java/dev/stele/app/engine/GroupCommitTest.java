package dev.stele.app.engine;

import static dev.stele.app.support.Commands.as;
import static dev.stele.app.support.Commands.interrupt;
import static dev.stele.app.support.Commands.project;
import static dev.stele.app.support.Commands.rename;
import static dev.stele.app.support.Commands.says;
import static dev.stele.app.support.Commands.thread;
import static dev.stele.app.support.Commands.turn;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stele.app.support.Waiting;
import dev.stele.domain.event.OrchestrationEvent.TurnEvent.MessageAppended;
import dev.stele.domain.event.OrchestrationEvent.TurnEvent.TurnInterrupted;
import dev.stele.domain.event.StoredEvent;
import dev.stele.domain.port.Append;
import dev.stele.domain.port.DispatchResult;
import dev.stele.domain.port.DispatchResult.Accepted;
import dev.stele.domain.port.DispatchResult.Overloaded;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Many commands in one transaction, and who gets in when it is full. */
class GroupCommitTest {
    private static final EngineSettings SMALL = new EngineSettings(4, 4, 512, 64, 16);

    @Test
    void all_that_came_during_an_append_goes_into_the_next() {
        try (var rig = new Rig()) {
            var gate = rig.store.holdNext();
            var first = rig.engine.dispatch(as("c-1", project(1)));
            gate.awaitAppend();
            var answers = dispatchFromManyThreads(rig, 200);
            gate.open();

            assertThat(Rig.answer(first)).isEqualTo(new Accepted(1, 1));
            assertThat(answers.stream().map(Rig::answer)).hasOnlyElementsOfType(Accepted.class);
            assertThat(rig.store.appends()).extracting(Append::eventCount).containsExactly(1, 200);
            assertThat(rig.engine.model()).isEqualTo(rig.replayed());
        }
    }

    private static List<CompletableFuture<DispatchResult>> dispatchFromManyThreads(
            Rig rig, int count) {
        var answers = new ArrayList<CompletableFuture<DispatchResult>>();
        List<Thread> callers =
                IntStream.range(0, count)
                        .mapToObj(i ->
                                Thread.startVirtualThread(() -> {
                                    var answer = rig.engine.dispatch(as("m-" + i, rename("N" + i)));
                                    synchronized (answers) {
                                        answers.add(answer);
                                    }
                                }))
                        .toList();
        callers.forEach(GroupCommitTest::join);
        return answers;
    }

    @Test
    void a_transaction_takes_no_more_than_its_limit_of_each_kind() {
        try (var rig = new Rig(new EngineSettings(100, 100, 10, 64, 16))) {
            var gate = rig.store.holdNext();
            var first = rig.engine.dispatch(as("c-1", project(1)));
            gate.awaitAppend();
            var answers =
                    IntStream.range(0, 25)
                            .mapToObj(i -> rig.engine.dispatch(as("m-" + i, rename("N" + i))))
                            .toList();
            gate.open();
            Rig.answer(first);
            answers.forEach(Rig::answer);

            assertThat(rig.store.appends())
                    .extracting(Append::eventCount)
                    .containsExactly(1, 10, 10, 5);
        }
    }

    @Test
    void nobody_hears_or_sees_anything_before_it_is_durable() throws InterruptedException {
        try (var rig = new Rig();
                var subscription = rig.engine.subscribe(0)) {
            var gate = rig.store.holdNext();
            var answer = rig.engine.dispatch(as("c-1", project(1)));
            gate.awaitAppend();

            assertThat(answer).isNotDone();
            assertThat(rig.engine.model().sequence()).isZero();
            assertThat(subscription.next(Duration.ZERO)).isEmpty();

            gate.open();
            Rig.answer(answer);
            assertThat(rig.engine.model().sequence()).isEqualTo(1);
            assertThat(subscription.next(Duration.ZERO)).hasSize(1);
        }
    }

    @Test
    void a_caller_that_blocks_on_its_answer_holds_up_nobody() {
        var release = new CountDownLatch(1);
        try (var rig = new Rig()) {
            var gate = rig.store.holdNext();
            var blocked = new AtomicBoolean();
            var answer =
                    rig.engine
                            .dispatch(as("c-1", project(1)))
                            .thenAccept(_ -> {
                                blocked.set(true);
                                await(release);
                            });
            gate.open();
            Waiting.until("the callback blocks", blocked::get);

            assertThat(rig.dispatch(as("c-2", rename("A")))).isEqualTo(new Accepted(2, 2));
            assertThat(answer).isNotDone();
        } finally {
            release.countDown();
        }
    }

    @Test
    void a_full_room_answers_overloaded_at_once_and_leaves_no_receipt() {
        try (var rig = new Rig(SMALL)) {
            var gate = rig.store.holdNext();
            var first = rig.engine.dispatch(as("c-1", project(1)));
            gate.awaitAppend();
            var waiting =
                    IntStream.range(0, 4)
                            .mapToObj(i -> rig.engine.dispatch(as("m-" + i, rename("N" + i))))
                            .toList();

            assertThat(rig.engine.dispatch(as("late", rename("Late"))))
                    .isCompletedWithValue(new Overloaded());
            gate.open();

            Rig.answer(first);
            assertThat(waiting.stream().map(Rig::answer)).hasOnlyElementsOfType(Accepted.class);
            assertThat(rig.dispatch(as("late", rename("Late")))).isEqualTo(new Accepted(6, 6));
        }
    }

    @Test
    void an_interrupt_gets_through_while_agents_fill_their_room() {
        try (var rig = new Rig(SMALL)) {
            openTurn(rig);
            var gate = rig.store.holdNext();
            var first = rig.engine.dispatch(as("c-1", rename("A")));
            gate.awaitAppend();
            var said = new AtomicInteger();
            Thread agent = Thread.startVirtualThread(() -> speak(rig, 20, said));
            Waiting.until("the room is full", () -> said.get() == 4);

            var interrupt = rig.engine.dispatch(as("c-2", interrupt()));
            gate.open();

            Rig.answer(first);
            assertThat(Rig.answer(interrupt)).isEqualTo(new Accepted(6, 7));
            join(agent);
            assertThat(said).hasValue(20);
            Waiting.until("all words are in", () -> rig.engine.model().sequence() == 27);
            assertThat(rig.memory.read(5, 3))
                    .extracting(StoredEvent::event)
                    .hasAtLeastOneElementOfType(TurnInterrupted.class)
                    .last()
                    .isInstanceOf(MessageAppended.class);
        }
    }

    private static void speak(Rig rig, int words, AtomicInteger said) {
        for (int i = 1; i <= words; i++) {
            var _ = rig.post(says(i, "w"));
            said.incrementAndGet();
        }
    }

    private static void openTurn(Rig rig) {
        rig.dispatch(as("o-1", project(1)));
        rig.dispatch(as("o-2", thread(1)));
        rig.dispatch(as("o-3", turn(1)));
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}

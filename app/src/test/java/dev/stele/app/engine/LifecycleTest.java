package dev.stele.app.engine;

import static dev.stele.app.support.Commands.as;
import static dev.stele.app.support.Commands.project;
import static dev.stele.app.support.Commands.rename;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stele.app.support.Commands;
import dev.stele.app.support.FaultyStore;
import dev.stele.app.support.PlainCodec;
import dev.stele.app.support.Waiting;
import dev.stele.domain.command.OrchestrationCommand;
import dev.stele.domain.port.CommandGateway;
import dev.stele.domain.port.DispatchResult;
import dev.stele.domain.port.DispatchResult.Accepted;
import dev.stele.domain.port.DispatchResult.Unavailable;
import dev.stele.domain.port.EventFeed;
import dev.stele.domain.port.Reactor;
import dev.stele.domain.tck.MemoryEventStore;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What happens at the engine's start and end, and in which order. */
class LifecycleTest {
    private final List<String> diary = Collections.synchronizedList(new ArrayList<>());

    @Test
    void reactors_start_in_order_on_a_replayed_model_and_close_in_the_other() {
        try (var first = new Rig()) {
            first.dispatch(as("c-1", project(1)));
            try (var again =
                    new Rig(
                            first.memory.reopened(),
                            EngineSettings.USUAL,
                            new Worker("a"),
                            new Worker("b"))) {
                assertThat(diary).containsExactly("a starts at 1", "b starts at 1");
                again.engine.close();
                assertThat(diary).endsWith("b closes", "a closes");
            }
        }
    }

    @Test
    void a_reactor_may_report_while_it_starts() {
        var worker = new Worker("a");
        worker.atStart = gateway -> diary.add("answer " + submit(gateway, project(1)));
        try (var rig = new Rig(EngineSettings.USUAL, worker, new Worker("b"))) {
            assertThat(diary)
                    .containsExactly(
                            "a starts at 0", "answer " + new Accepted(1, 1), "b starts at 1");
            assertThat(rig.dispatch(as("c-1", rename("A")))).isEqualTo(new Accepted(2, 2));
        }
    }

    @Test
    void last_reports_get_in_while_commands_are_refused() {
        var worker = new Worker("a");
        worker.atClose =
                gateway -> {
                    diary.add("report " + submit(gateway, project(1)));
                    diary.add("command " + Rig.answer(gateway.dispatch(as("c-1", rename("A")))));
                };
        var rig = new Rig(EngineSettings.USUAL, worker);
        rig.close();

        assertThat(diary)
                .contains("report " + new Accepted(1, 1))
                .anyMatch(line -> line.startsWith("command Unavailable"));
        assertThat(Rig.replayed(rig.memory.reopened()).project(Commands.PROJECT)).isNotNull();
    }

    @Test
    void commands_taken_before_the_end_are_still_answered() {
        var rig = new Rig();
        var gate = rig.store.holdNext();
        var first = rig.engine.dispatch(as("c-1", project(1)));
        gate.awaitAppend();
        var second = rig.engine.dispatch(as("c-2", rename("A")));
        Thread closing = Thread.startVirtualThread(rig::close);
        Waiting.until(
                "no more commands are taken",
                () -> rig.engine.dispatch(as("late", rename("B"))).isDone());
        gate.open();

        assertThat(Rig.answer(first)).isEqualTo(new Accepted(1, 1));
        assertThat(Rig.answer(second)).isEqualTo(new Accepted(2, 2));
        Waiting.until("closed", () -> !closing.isAlive());
        assertThat(rig.store.isClosed()).isTrue();
    }

    @Test
    void a_closed_engine_answers_everything_as_unavailable() throws InterruptedException {
        var rig = new Rig();
        rig.dispatch(as("c-1", project(1)));
        rig.close();
        rig.close();

        assertThat(rig.engine.dispatch(as("c-1", project(1))))
                .isCompletedWithValueMatching(
                        answer -> answer instanceof Unavailable(var why) && why.contains("closed"));
        assertThat(rig.engine.submit(rename("A")))
                .isCompletedWithValueMatching(answer -> answer instanceof Unavailable);
        assertThat(rig.engine.model().sequence()).isEqualTo(1);
        assertThat(rig.engine.subscribe(1).isClosed()).isTrue();
    }

    @Test
    void a_reactor_waiting_for_room_is_let_go_at_the_end() {
        var rig = new Rig(new EngineSettings(4, 1, 512, 64, 16));
        var gate = rig.store.holdNext();
        var first = rig.engine.dispatch(as("c-1", project(1)));
        gate.awaitAppend();
        var answers = Collections.synchronizedList(new ArrayList<DispatchResult>());
        for (int i = 0; i < 3; i++) {
            Thread.startVirtualThread(() -> answers.add(rig.submit(rename("A"))));
        }
        Thread closing = Thread.startVirtualThread(rig::close);
        gate.open();

        assertThat(Rig.answer(first)).isEqualTo(new Accepted(1, 1));
        Waiting.until("all are answered", () -> answers.size() == 3);
        Waiting.until("closed", () -> !closing.isAlive());
    }

    @Test
    void a_reactor_that_cannot_start_closes_everything_again() {
        var store = new FaultyStore(new MemoryEventStore());
        var broken = new Worker("b");
        broken.atStart =
                _ -> {
                    throw new IllegalStateException("no agent to be found");
                };
        var parts =
                new Engine.Parts(
                        store,
                        new PlainCodec(),
                        () -> List.of(new Worker("a"), broken, new Worker("c")),
                        InstantSource.system(),
                        List.of());

        assertThatThrownBy(() -> Engine.open(parts, EngineSettings.USUAL, ReplayListener.SILENT))
                .isInstanceOf(IllegalStateException.class);
        assertThat(diary).containsExactly("a starts at 0", "b starts at 0", "b closes", "a closes");
        assertThat(store.isClosed()).isTrue();
    }

    @Test
    void a_store_that_cannot_be_read_is_closed_again() {
        var store = new FaultyStore(new MemoryEventStore());
        store.unreadable(true);
        var parts =
                new Engine.Parts(
                        store, new PlainCodec(), List::of, InstantSource.system(), List.of());

        assertThatThrownBy(() -> Engine.open(parts, EngineSettings.USUAL, ReplayListener.SILENT))
                .hasMessage("The disk cannot be read.");
        assertThat(store.isClosed()).isTrue();
    }

    @Test
    void a_reactor_that_fails_at_its_end_does_not_keep_the_others_open() {
        var broken = new Worker("b");
        broken.atClose =
                _ -> {
                    throw new IllegalStateException("stuck");
                };
        var rig = new Rig(EngineSettings.USUAL, new Worker("a"), broken);
        rig.close();

        assertThat(diary).endsWith("b closes", "a closes");
        assertThat(rig.store.isClosed()).isTrue();
    }

    @Test
    void it_is_quiet_when_every_reactor_is_and_nothing_came_meanwhile() throws Exception {
        var first = new Worker("a");
        var second = new Worker("b");
        try (var rig = new Rig(EngineSettings.USUAL, first, second)) {
            second.atDrain =
                    times -> {
                        if (times == 1) {
                            rig.dispatch(as("c-1", project(1)));
                        }
                    };

            assertThat(rig.engine.drain(Duration.ofSeconds(60))).isTrue();
            assertThat(first.drains).hasValue(2);
            first.quiet = false;
            assertThat(rig.engine.drain(Duration.ofSeconds(60))).isFalse();
        }
    }

    @Test
    void a_long_replay_shows_its_progress() {
        var memory = new MemoryEventStore();
        var settings = new EngineSettings(10, 10, 10, 10, 4);
        try (var rig = new Rig(memory, settings)) {
            rig.dispatch(as("c-0", project(1)));
            for (int i = 1; i < 10; i++) {
                rig.dispatch(as("c-" + i, rename("N" + i)));
            }
        }
        var progress = new ArrayList<String>();
        var parts =
                new Engine.Parts(
                        memory.reopened(),
                        new PlainCodec(),
                        List::of,
                        InstantSource.system(),
                        List.of());
        Engine.open(parts, settings, (at, head) -> progress.add(at + "/" + head)).close();

        assertThat(progress).containsExactly("4/10", "8/10", "10/10");
    }

    private static DispatchResult submit(CommandGateway gateway, OrchestrationCommand command) {
        try {
            CompletableFuture<DispatchResult> answer = gateway.submit(command);
            return Rig.answer(answer);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** A reactor that writes into the diary. */
    private final class Worker implements Reactor {
        private final String name;
        private final AtomicInteger drains = new AtomicInteger();
        private Consumer<CommandGateway> atStart = _ -> {};
        private Consumer<CommandGateway> atClose = _ -> {};
        private Consumer<Integer> atDrain = _ -> {};
        private boolean quiet = true;
        private @Nullable CommandGateway gateway;

        Worker(String name) {
            this.name = name;
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public void start(CommandGateway newGateway, EventFeed feed) {
            gateway = newGateway;
            diary.add(name + " starts at " + feed.model().sequence());
            atStart.accept(newGateway);
        }

        @Override
        public boolean drain(Duration timeout) {
            atDrain.accept(drains.incrementAndGet());
            return quiet;
        }

        @Override
        public void close() {
            diary.add(name + " closes");
            if (gateway != null) {
                atClose.accept(gateway);
            }
        }
    }
}

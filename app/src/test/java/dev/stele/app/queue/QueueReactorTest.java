package dev.stele.app.queue;

import static dev.stele.app.support.Commands.AT;
import static dev.stele.app.support.Commands.THREAD;
import static dev.stele.app.support.Commands.TURN;
import static dev.stele.app.support.Commands.as;
import static dev.stele.app.support.Commands.ends;
import static dev.stele.app.support.Commands.interrupt;
import static dev.stele.app.support.Commands.project;
import static dev.stele.app.support.Commands.thread;
import static dev.stele.app.support.Commands.turn;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stele.app.engine.Engine;
import dev.stele.app.engine.EngineSettings;
import dev.stele.app.engine.ReplayListener;
import dev.stele.app.support.PlainCodec;
import dev.stele.app.support.Waiting;
import dev.stele.contracts.MessageContent;
import dev.stele.contracts.TurnId;
import dev.stele.domain.command.OrchestrationCommand;
import dev.stele.domain.command.OrchestrationCommand.QueueCommand.QueuePrompt;
import dev.stele.domain.event.OrchestrationEvent.TurnEvent.TurnStarted;
import dev.stele.domain.port.DispatchResult;
import dev.stele.domain.port.Reactor;
import dev.stele.domain.tck.MemoryEventStore;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class QueueReactorTest {

    private static final Duration LONG = Duration.ofMinutes(3);
    private static final TurnId SECOND = new TurnId("turn-2");

    private final List<Engine> open = new ArrayList<>();
    private MemoryEventStore store = new MemoryEventStore();
    private int commands;

    @AfterEach
    void close() {
        open.forEach(Engine::close);
    }

    private static QueueReactor everywhere() {
        return new QueueReactor(true, InstantSource.system());
    }

    private Engine engine(Reactor... reactors) {
        Engine engine =
                Engine.open(
                        new Engine.Parts(
                                store,
                                new PlainCodec(),
                                () -> List.of(reactors),
                                InstantSource.system(),
                                List.of()),
                        EngineSettings.USUAL,
                        ReplayListener.SILENT);
        open.add(engine);
        return engine;
    }

    /** An engine whose thread has a turn at work. */
    private Engine busy(Reactor... reactors) {
        Engine engine = engine(reactors);
        send(engine, project(1), thread(1), turn(1));
        return engine;
    }

    private void send(Engine engine, OrchestrationCommand... sent) {
        for (OrchestrationCommand command : sent) {
            assertThat(engine.dispatch(as("c-" + ++commands, command)).join())
                    .isInstanceOf(DispatchResult.Accepted.class);
        }
    }

    private static QueuePrompt queue(TurnId id) {
        return new QueuePrompt(id, THREAD, List.of(new MessageContent.Text("Then this.")), AT);
    }

    private List<TurnId> started() {
        return store.read(0, 1_000).stream()
                .map(stored -> stored.event())
                .filter(TurnStarted.class::isInstance)
                .map(event -> ((TurnStarted) event).turnId())
                .toList();
    }

    @Test
    void what_waits_starts_when_the_turn_before_has_ended() throws Exception {
        Engine engine = busy(everywhere());
        send(engine, queue(SECOND));
        assertThat(engine.drain(LONG)).isTrue();
        assertThat(started()).containsExactly(TURN);

        send(engine, ends(1));

        assertThat(engine.drain(LONG)).isTrue();
        assertThat(started()).containsExactly(TURN, SECOND);
    }

    @Test
    void what_waits_after_an_interrupt_does_not_start() throws Exception {
        Engine engine = busy(everywhere());
        send(engine, queue(SECOND), interrupt());

        assertThat(engine.drain(LONG)).isTrue();
        assertThat(started()).containsExactly(TURN);
    }

    @Test
    void what_was_left_waiting_starts_with_the_next_engine() throws Exception {
        Engine first = busy();
        send(first, queue(SECOND), ends(1));
        first.close();
        store = store.reopened();

        Engine next = engine(everywhere());

        assertThat(next.drain(LONG)).isTrue();
        assertThat(started()).containsExactly(TURN, SECOND);
    }

    @Test
    void two_that_would_start_it_start_it_once() throws Exception {
        Engine engine = busy(everywhere(), everywhere());
        send(engine, queue(SECOND), ends(1));

        assertThat(engine.drain(LONG)).isTrue();
        assertThat(started()).containsExactly(TURN, SECOND);
    }

    @Test
    void one_that_attends_to_nothing_starts_a_thread_once_it_is_named() throws Exception {
        var reactor = new QueueReactor(false, InstantSource.system());
        Engine engine = busy(reactor);
        send(engine, queue(SECOND), ends(1));
        assertThat(engine.drain(LONG)).isTrue();
        assertThat(started()).containsExactly(TURN);

        reactor.attend(THREAD);

        Waiting.until("it starts", () -> started().contains(SECOND));
    }
}

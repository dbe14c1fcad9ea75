package dev.stele.app.engine;

import static dev.stele.app.support.Commands.AT;
import static dev.stele.app.support.Commands.PROJECT;
import static dev.stele.app.support.Commands.THREAD;
import static dev.stele.app.support.Commands.TURN;
import static dev.stele.app.support.Commands.as;
import static dev.stele.app.support.Commands.project;
import static dev.stele.app.support.Commands.rename;
import static dev.stele.app.support.Commands.says;
import static dev.stele.app.support.Commands.thread;
import static dev.stele.app.support.Commands.turn;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stele.app.support.PlainCodec;
import dev.stele.contracts.CommandId;
import dev.stele.domain.command.DeciderError;
import dev.stele.domain.command.OrchestrationCommand.CreateCheckpoint;
import dev.stele.domain.event.OrchestrationEvent.ProjectEvent.ProjectCreated;
import dev.stele.domain.event.StoredEvent;
import dev.stele.domain.port.DispatchResult.Accepted;
import dev.stele.domain.port.DispatchResult.CommandIdConflict;
import dev.stele.domain.port.DispatchResult.Rejected;
import dev.stele.domain.port.DispatchResult.Unencodable;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class EngineTest {
    private Rig rig = new Rig();

    @AfterEach
    void close() {
        rig.close();
    }

    private void restart() {
        rig = rig.reopened();
    }

    @Test
    void an_accepted_command_is_durable_and_visible_when_it_is_answered() {
        assertThat(rig.dispatch(as("c-1", project(1)))).isEqualTo(new Accepted(1, 1));

        assertThat(rig.memory.read(0, 10))
                .extracting(StoredEvent::event)
                .hasOnlyElementsOfType(ProjectCreated.class)
                .hasSize(1);
        assertThat(rig.engine.model().sequence()).isEqualTo(1);
        assertThat(rig.engine.model().project(PROJECT)).isNotNull();
    }

    @Test
    void a_command_of_several_facts_is_answered_with_the_first_and_the_last() {
        rig.dispatch(as("c-1", project(1)));
        rig.dispatch(as("c-2", thread(1)));

        assertThat(rig.dispatch(as("c-3", turn(1)))).isEqualTo(new Accepted(3, 4));
    }

    @Test
    void a_refused_command_leaves_a_receipt_and_no_facts() {
        var refused = new Rejected(new DeciderError.ProjectNotFound(PROJECT));

        assertThat(rig.dispatch(as("c-1", rename("Other")))).isEqualTo(refused);

        assertThat(rig.memory.head()).isZero();
        assertThat(rig.memory.receipt(new CommandId("c-1"))).isNotNull();
        assertThat(rig.engine.model().sequence()).isZero();
    }

    @Test
    void a_command_id_is_answered_the_same_for_ever() {
        var accepted = rig.dispatch(as("c-1", project(1)));
        var refused = rig.dispatch(as("c-2", project(1)));
        rig.dispatch(as("c-3", project(2)));

        assertThat(rig.dispatch(as("c-1", project(1)))).isEqualTo(accepted);
        assertThat(rig.dispatch(as("c-2", project(1)))).isEqualTo(refused);
        restart();
        assertThat(rig.dispatch(as("c-1", project(1)))).isEqualTo(accepted);
        assertThat(rig.dispatch(as("c-2", project(1)))).isEqualTo(refused);
        assertThat(rig.memory.head()).isEqualTo(2);
    }

    @Test
    void a_refusal_stays_even_when_its_cause_is_gone() {
        var refused = rig.dispatch(as("c-1", rename("Other")));
        rig.dispatch(as("c-2", project(1)));

        assertThat(rig.dispatch(as("c-1", rename("Other")))).isEqualTo(refused);
        assertThat(rig.dispatch(as("c-3", rename("Other")))).isEqualTo(new Accepted(2, 2));
    }

    @Test
    void a_command_id_used_for_another_command_is_a_conflict() {
        rig.dispatch(as("c-1", project(1)));
        rig.dispatch(as("c-2", rename("Other")));
        var conflict = new CommandIdConflict(new CommandId("c-1"));

        assertThat(rig.dispatch(as("c-1", project(2)))).isEqualTo(conflict);
        assertThat(rig.dispatch(as("c-1", rename("Other")))).isEqualTo(conflict);
        assertThat(rig.memory.head()).isEqualTo(2);
    }

    @Test
    void repeats_in_one_transaction_are_carried_out_once() {
        var gate = rig.store.holdNext();
        var _ = rig.engine.dispatch(as("c-0", project(1)));
        gate.awaitAppend();
        var first = rig.engine.dispatch(as("c-1", rename("A")));
        var repeat = rig.engine.dispatch(as("c-1", rename("A")));
        var other = rig.engine.dispatch(as("c-1", rename("B")));
        gate.open();

        assertThat(Rig.answer(first)).isEqualTo(new Accepted(2, 2));
        assertThat(Rig.answer(repeat)).isEqualTo(new Accepted(2, 2));
        assertThat(Rig.answer(other)).isEqualTo(new CommandIdConflict(new CommandId("c-1")));
        assertThat(rig.store.appends()).hasSize(2);
    }

    @Test
    void only_repeats_need_no_append() {
        rig.dispatch(as("c-1", project(1)));
        rig.dispatch(as("c-1", project(1)));
        rig.dispatch(as("c-1", project(2)));

        assertThat(rig.store.appends()).hasSize(1);
    }

    @Test
    void an_event_too_large_for_the_log_is_refused_alone() {
        var gate = rig.store.holdNext();
        var before = rig.engine.dispatch(as("c-1", project(1)));
        gate.awaitAppend();
        var first = rig.engine.dispatch(as("c-2", rename("A")));
        var large = rig.engine.dispatch(as("c-3", rename("x".repeat(20_000))));
        var second = rig.engine.dispatch(as("c-4", rename("B")));
        var alsoLarge = rig.engine.dispatch(as("c-5", rename("y".repeat(20_000))));
        gate.open();

        assertThat(Rig.answer(before)).isEqualTo(new Accepted(1, 1));
        assertThat(Rig.answer(first)).isEqualTo(new Accepted(2, 2));
        assertThat(Rig.answer(second)).isEqualTo(new Accepted(3, 3));
        assertThat(Rig.answer(large)).isInstanceOf(Unencodable.class);
        assertThat(Rig.answer(alsoLarge)).isInstanceOf(Unencodable.class);
        assertThat(rig.memory.receipt(new CommandId("c-3"))).isNull();
        assertThat(Objects.requireNonNull(rig.engine.model().project(PROJECT)).name())
                .isEqualTo("B");
        assertThat(rig.engine.model()).isEqualTo(rig.replayed());
    }

    @Test
    void a_command_that_the_codec_does_not_know_is_refused_at_the_door() {
        assertThat(rig.dispatch(as("c-1", rename(PlainCodec.UNKNOWN))))
                .isEqualTo(new Unencodable("The codec does not know this."));
        assertThat(rig.store.appends()).isEmpty();
    }

    @Test
    @SuppressWarnings("NullAway") // a null where none may be stands for any defect
    void a_defect_of_the_decider_refuses_its_command_alone() {
        rig.dispatch(as("c-0", project(1)));
        var gate = rig.store.holdNext();
        var _ = rig.engine.dispatch(as("c-1", thread(1)));
        gate.awaitAppend();
        var first = rig.engine.dispatch(as("c-2", rename("A")));
        var defect =
                rig.engine.dispatch(as("c-3", new CreateCheckpoint(null, THREAD, null, "d", AT)));
        var second = rig.engine.dispatch(as("c-4", rename("C")));
        gate.open();

        assertThat(Rig.answer(first)).isEqualTo(new Accepted(3, 3));
        assertThat(Rig.answer(defect)).isInstanceOf(Unencodable.class);
        assertThat(Rig.answer(second)).isEqualTo(new Accepted(4, 4));
        assertThat(rig.engine.model()).isEqualTo(rig.replayed());
    }

    @Test
    @SuppressWarnings("NullAway") // what the compiler would not let through
    void no_command_at_all_is_refused_at_the_door() {
        assertThatThrownBy(() -> rig.engine.submit(null)).isInstanceOf(NullPointerException.class);
        assertThatThrownBy(() -> rig.engine.dispatch(as("c-1", null)))
                .isInstanceOf(NullPointerException.class);
    }

    @Test
    void a_repeated_provider_event_is_taken_in_once() {
        openTurn();
        rig.submit(says(1, "Hello"));
        rig.submit(says(2, " world"));

        assertThat(rig.submit(says(2, " world"))).isEqualTo(new Accepted(7, 6));
        assertThat(rig.submit(says(1, "Hello"))).isEqualTo(new Accepted(7, 6));
        restart();
        assertThat(rig.submit(says(2, " world"))).isEqualTo(new Accepted(7, 6));
        assertThat(rig.submit(says(3, "!"))).isEqualTo(new Accepted(7, 7));
        assertThat(spoken()).isEqualTo("Hello world!");
    }

    @Test
    void a_provider_event_repeated_in_one_transaction_is_taken_in_once() {
        openTurn();
        var gate = rig.store.holdNext();
        var _ = rig.post(says(1, "a"));
        gate.awaitAppend();
        var _ = rig.post(says(2, "b"));
        var _ = rig.post(says(2, "b"));
        var last = rig.post(says(3, "c"));
        gate.open();

        assertThat(Rig.answer(last)).isEqualTo(new Accepted(7, 7));
        assertThat(spoken()).isEqualTo("abc");
    }

    @Test
    void provider_events_without_a_place_are_all_taken_in() {
        openTurn();
        rig.submit(says(0, "a"));
        rig.submit(says(0, "a"));

        assertThat(spoken()).isEqualTo("aa");
    }

    @Test
    void a_refused_provider_event_moves_no_mark() {
        openTurn();
        rig.dispatch(as("c-9", turn(2)));
        var early = says(1, "a");
        restart();

        assertThat(rig.submit(early)).isInstanceOf(Accepted.class);
        assertThat(rig.memory.providerMark(TURN)).isEqualTo(1);
        assertThat(rig.memory.receipt(new CommandId("c-9"))).isNotNull();
    }

    @Test
    void a_restart_gives_an_equal_model() {
        openTurn();
        rig.submit(says(1, "Hello"));
        var before = rig.engine.model();
        restart();

        assertThat(rig.engine.model()).isEqualTo(before);
        assertThat(rig.engine.model().thread(THREAD)).isNotNull();
    }

    private void openTurn() {
        rig.dispatch(as("o-1", project(1)));
        rig.dispatch(as("o-2", thread(1)));
        rig.dispatch(as("o-3", turn(1)));
    }

    private String spoken() {
        var turn = Objects.requireNonNull(rig.engine.model().turn(TURN));
        return Objects.requireNonNull(turn.live())
                .lastMessage()
                .body()
                .toString()
                .replaceAll(".*text=([^,]*),.*", "$1");
    }
}

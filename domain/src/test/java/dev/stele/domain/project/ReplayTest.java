package dev.stele.domain.project;

import static dev.stele.domain.decide.Scene.*;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stele.contracts.CheckpointId;
import dev.stele.contracts.OperationId;
import dev.stele.domain.command.OrchestrationCommand;
import dev.stele.domain.command.OrchestrationCommand.Report.*;
import dev.stele.domain.decide.Spec;
import dev.stele.domain.event.OrchestrationEvent;
import dev.stele.domain.event.StoredEvent;
import dev.stele.domain.model.CheckpointState.Ready;
import dev.stele.domain.model.OperationState.Recorded;
import dev.stele.domain.model.OrchestrationReadModel;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** A log that is read again from nothing tells the same. */
class ReplayTest {

    private static final List<OrchestrationCommand> COMMANDS =
            List.of(
                    createProject(),
                    createThread(THREAD),
                    start(TURN),
                    before(TURN),
                    assign(CheckpointId.before(TURN)),
                    says(calls(CALL)),
                    says(asks(ACTION, CALL)),
                    approve(ACTION, null),
                    says(returns(CALL)),
                    says(text("Do")),
                    says(text("ne.")),
                    says(done()),
                    after(TURN),
                    assign(CheckpointId.after(TURN)),
                    commit(OPERATION),
                    new RecordCommit(OPERATION, HASH, AT),
                    branch(new OperationId("o2")),
                    new RecordBranch(new OperationId("o2"), HASH, AT),
                    push(new OperationId("o3")),
                    new RecordPush(new OperationId("o3"), HASH, AT));

    private static List<StoredEvent> log() {
        List<StoredEvent> log = new ArrayList<>();
        Spec living = Spec.given();
        for (OrchestrationCommand command : COMMANDS) {
            for (OrchestrationEvent event : living.when(command).events()) {
                log.add(new StoredEvent(log.size() + 1L, event, AT));
            }
            living = living.and(command);
        }
        return log;
    }

    private static OrchestrationReadModel replayed() {
        OrchestrationReadModel model = OrchestrationReadModel.EMPTY;
        for (StoredEvent stored : log()) {
            model = Projector.project(model, stored);
        }
        assertThat(model)
                .isEqualTo(
                        Spec.givenCommands(COMMANDS.toArray(OrchestrationCommand[]::new)).model());
        return model;
    }

    @Test
    void the_ref_of_a_checkpoint_survives_a_replay_from_nothing_and_is_not_empty() {
        var checkpoints = replayed().checkpoints();

        assertThat(checkpoints.size()).isEqualTo(2);
        checkpoints.forEach((id, checkpoint) ->
                assertThat(checkpoint.state())
                        .isEqualTo(new Ready("refs/stele/checkpoints/t1/" + id, STATS, AT)));
    }

    @Test
    void the_hash_of_a_commit_survives_a_replay_from_nothing_and_is_not_empty() {
        var operations = replayed().operations();

        assertThat(operations.size()).isEqualTo(3);
        assertThat(operations.values())
                .allMatch(operation -> operation.state().equals(new Recorded(HASH, AT)));
    }

    @Test
    void name_and_id_of_a_tool_call_survive_a_replay_from_nothing() {
        assertThat(Objects.requireNonNull(TranscriptFold.of(TURN, log())).toolCall(CALL))
                .extracting("name", "id")
                .containsExactly("bash", CALL);
    }
}

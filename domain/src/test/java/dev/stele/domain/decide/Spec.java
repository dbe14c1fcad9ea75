package dev.stele.domain.decide;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stele.contracts.TurnId;
import dev.stele.domain.command.DeciderError;
import dev.stele.domain.command.OrchestrationCommand;
import dev.stele.domain.event.OrchestrationEvent;
import dev.stele.domain.event.StoredEvent;
import dev.stele.domain.model.OrchestrationReadModel;
import dev.stele.domain.model.Transcript;
import dev.stele.domain.model.Turn;
import dev.stele.domain.project.Projector;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

/** The words of a test: facts that are given, a command, and what comes of it. */
public record Spec(OrchestrationReadModel model) {

    /** The state that these facts make. */
    public static Spec given(OrchestrationEvent... facts) {
        return new Spec(OrchestrationReadModel.EMPTY).and(List.of(facts));
    }

    /** The state that these commands make; none of them may be refused. */
    public static Spec givenCommands(OrchestrationCommand... commands) {
        return given().and(commands);
    }

    /** A turn that must be there. */
    public Turn turn(TurnId id) {
        return Objects.requireNonNull(model.turn(id), "no turn " + id);
    }

    /** What is said so far in a turn that is live. */
    public Transcript.Live said(TurnId id) {
        return Objects.requireNonNull(turn(id).live(), "over: " + id);
    }

    /** This state, and further facts. */
    public Spec and(List<? extends OrchestrationEvent> facts) {
        OrchestrationReadModel after = model;
        for (OrchestrationEvent fact : facts) {
            after =
                    Projector.project(
                            after, new StoredEvent(after.sequence() + 1, fact, Instant.EPOCH));
        }
        return new Spec(after);
    }

    /** This state, and further commands. */
    public Spec and(OrchestrationCommand... commands) {
        Spec after = this;
        for (OrchestrationCommand command : commands) {
            after = after.when(command).thenState();
        }
        return after;
    }

    /** What a command amounts to in this state. */
    public Outcome when(OrchestrationCommand command) {
        return new Outcome(this, command, Decider.decide(command, model));
    }

    /** A decision that is looked at. */
    public record Outcome(Spec before, OrchestrationCommand command, Decision decision) {

        /** The facts, if it was accepted. */
        public List<OrchestrationEvent> events() {
            assertThat(decision).as("%s", command).isInstanceOf(Decision.Accepted.class);
            return ((Decision.Accepted) decision).events();
        }

        /** The state after it. */
        public Spec thenState() {
            return before.and(events());
        }

        /** It was accepted with exactly these facts, in this order. */
        public Spec then(OrchestrationEvent... expected) {
            assertThat(events()).containsExactly(expected);
            return thenState();
        }

        /** It was refused for this reason. */
        public void thenRejected(DeciderError expected) {
            assertThat(decision).isEqualTo(new Decision.Rejected(expected));
        }

        /** It was accepted, and nothing had to change. */
        public void thenNothingHappened() {
            assertThat(events()).isEmpty();
        }
    }
}

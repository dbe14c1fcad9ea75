package dev.stele.domain.tck;

import dev.stele.contracts.MessageContent;
import dev.stele.contracts.ProjectId;
import dev.stele.contracts.Role;
import dev.stele.contracts.StopReason;
import dev.stele.contracts.ThreadId;
import dev.stele.contracts.TurnId;
import dev.stele.domain.event.OrchestrationEvent;
import dev.stele.domain.event.OrchestrationEvent.ProjectEvent.ProjectCreated;
import dev.stele.domain.event.OrchestrationEvent.ThreadEvent.ThreadCreated;
import dev.stele.domain.event.OrchestrationEvent.ThreadEvent.ThreadStatusChanged;
import dev.stele.domain.event.OrchestrationEvent.TurnEvent.MessageAppended;
import dev.stele.domain.event.OrchestrationEvent.TurnEvent.MessageChunkReceived;
import dev.stele.domain.event.OrchestrationEvent.TurnEvent.TurnCompleted;
import dev.stele.domain.event.OrchestrationEvent.TurnEvent.TurnStarted;
import dev.stele.domain.model.ThreadStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** The facts of a conversation in which an agent streams its answers piece by piece. */
public final class SampleTalk {

    /** The project. */
    public static final ProjectId PROJECT = new ProjectId("prj-talk");

    /** The thread. */
    public static final ThreadId THREAD = new ThreadId("thr-talk");

    private SampleTalk() {}

    /** {@return the two facts before the first turn} */
    public static List<OrchestrationEvent> beginning() {
        return List.of(
                new ProjectCreated(PROJECT, "Talk", "/projects/talk", Samples.AT),
                new ThreadCreated(THREAD, PROJECT, "Talk", "scripted", Samples.AT));
    }

    /**
     * {@return a turn with one answer: its beginning, which is two facts, the pieces, and its end,
     * which is two}
     *
     * @param number makes its id
     * @param pieces of the answer, from 1
     */
    public static List<OrchestrationEvent> turn(int number, List<String> pieces) {
        var turn = new TurnId("trn-talk-" + number);
        var facts = new ArrayList<OrchestrationEvent>();
        facts.add(
                new TurnStarted(
                        turn, THREAD, List.of(new MessageContent.Text("Go on.")), Samples.AT));
        facts.add(new ThreadStatusChanged(THREAD, new ThreadStatus.Running(turn)));
        facts.add(
                new MessageAppended(
                        turn,
                        1,
                        Role.ASSISTANT,
                        new MessageContent.Text(pieces.getFirst()),
                        "msg-1",
                        Samples.AT));
        pieces.stream()
                .skip(1)
                .map(piece -> new MessageChunkReceived(turn, 1, piece))
                .forEach(facts::add);
        facts.add(new TurnCompleted(turn, StopReason.END_TURN, null, null, null, Samples.AT));
        facts.add(new ThreadStatusChanged(THREAD, new ThreadStatus.Idle()));
        return facts;
    }

    /**
     * {@return pieces that all differ}
     *
     * @param count how many
     */
    public static List<String> pieces(int count) {
        return IntStream.range(0, count).mapToObj(i -> "piece " + i + ", ").toList();
    }
}

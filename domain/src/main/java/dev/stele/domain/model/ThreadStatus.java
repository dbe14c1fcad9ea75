package dev.stele.domain.model;

import dev.stele.contracts.ActionId;
import dev.stele.contracts.TurnId;
import java.util.List;

/** What a thread is doing. */
public sealed interface ThreadStatus {

    /** Nothing: it takes a prompt. */
    record Idle() implements ThreadStatus {}

    /**
     * Its agent is at work.
     *
     * @param turnId the open turn
     */
    record Running(TurnId turnId) implements ThreadStatus {}

    /**
     * Its agent waits for a person or a policy.
     *
     * @param turnId the open turn
     * @param actions the pending actions, oldest first, never empty
     */
    record AwaitingApproval(TurnId turnId, List<ActionId> actions) implements ThreadStatus {
        /** Makes the list immutable. */
        public AwaitingApproval {
            actions = List.copyOf(actions);
        }
    }
}

package dev.stele.domain.decide;

import dev.stele.domain.command.DeciderError;
import dev.stele.domain.command.OrchestrationCommand;
import dev.stele.domain.model.OrchestrationReadModel;

/** Turns a command into facts. Pure: no clock, no random ids, no I/O. */
public final class Decider {
    private Decider() {}

    /**
     * What the command amounts to.
     *
     * @param command the wish
     * @param model the state that it meets
     */
    public static Decision decide(OrchestrationCommand command, OrchestrationReadModel model) {
        return model.sequence() < 0
                ? Decision.accept()
                : Decision.reject(new DeciderError.InvalidInput(command.toString(), ""));
    }
}

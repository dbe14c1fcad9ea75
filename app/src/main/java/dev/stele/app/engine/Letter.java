package dev.stele.app.engine;

import dev.stele.contracts.CommandId;
import dev.stele.domain.command.OrchestrationCommand;
import dev.stele.domain.command.OrchestrationCommand.IngestProviderEvent;
import dev.stele.domain.port.DispatchResult;
import dev.stele.domain.port.ProviderMark;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** A command on its way to the writer, and the way back for its answer. */
final class Letter {
    private final OrchestrationCommand command;
    private final @Nullable Signature signature;
    private final CompletableFuture<DispatchResult> answer = new CompletableFuture<>();
    private boolean answered;

    /**
     * A letter.
     *
     * @param command the wish
     * @param signature what its receipt names; null when it leaves none
     */
    Letter(OrchestrationCommand command, @Nullable Signature signature) {
        this.command = Objects.requireNonNull(command);
        this.signature = signature;
    }

    OrchestrationCommand command() {
        return command;
    }

    @Nullable Signature signature() {
        return signature;
    }

    /** Its place among the provider events of its turn; null for every other command. */
    @Nullable ProviderMark mark() {
        return command instanceof IngestProviderEvent ingest
                        && ingest.turnId() != null
                        && ingest.providerSequence() > 0
                ? new ProviderMark(ingest.turnId(), ingest.providerSequence())
                : null;
    }

    CompletableFuture<DispatchResult> answer() {
        return answer;
    }

    /** Whether the writer has answered it. Only for the writer. */
    boolean isAnswered() {
        return answered;
    }

    /**
     * Answers it; the first answer stays. Only for the writer, which never runs what callers have
     * attached to the answer: that happens on a thread of its own.
     */
    void answer(DispatchResult result) {
        if (!answered) {
            answered = true;
            answer.completeAsync(() -> result, Thread::startVirtualThread);
        }
    }

    /**
     * What tells a repeat from another command.
     *
     * @param id the command's id
     * @param fingerprint of the command's content
     */
    record Signature(CommandId id, String fingerprint) {}
}

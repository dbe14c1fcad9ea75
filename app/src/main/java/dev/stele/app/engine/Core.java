package dev.stele.app.engine;

import dev.stele.domain.model.OrchestrationReadModel;
import dev.stele.domain.port.CommandEnvelope;
import dev.stele.domain.port.DispatchResult;
import dev.stele.domain.port.EventFeed;
import dev.stele.domain.port.LogProgress;
import dev.stele.domain.port.Receipt;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * What the facade stands on: an {@link Engine} of this process, or that of another process.
 * Commands go in, the model and the facts come out. Thread-safe.
 */
public interface Core extends EventFeed, AutoCloseable {

    /** {@return what this is among all that have the log open; it changes at any time} */
    NodeRole role();

    /**
     * Sends a command. Never blocks, and the future never completes exceptionally.
     *
     * @param envelope the command
     * @return the answer, later
     */
    CompletableFuture<DispatchResult> dispatch(CommandEnvelope envelope);

    /**
     * {@return the model as it stood at a place in the log}
     *
     * @param sequence the place; 0 for the empty model
     * @param listener hears how far reading is
     * @throws IllegalArgumentException when the log has no such place
     */
    OrchestrationReadModel modelAt(long sequence, ReplayListener listener);

    /**
     * {@return the receipt of the command that led to a fact, or null when it left none}
     *
     * @param sequence the fact's place
     */
    @Nullable Receipt receiptAt(long sequence);

    /**
     * Waits until nothing is left to do.
     *
     * @param timeout how long to wait at most
     * @return whether it is quiet
     * @throws InterruptedException when the waiting thread is interrupted
     */
    boolean drain(Duration timeout) throws InterruptedException;

    /**
     * Replaces closed stretches of the log by less, beside whatever else is going on.
     *
     * @param options what is touched
     * @param progress hears how far it is
     * @return what came of it
     * @throws dev.stele.domain.port.StoreException when the store replaces nothing, or fails; what
     *     was replaced stays so
     * @throws InterruptedException when the waiting thread is interrupted; what was replaced stays
     */
    CompactionReport compact(CompactionOptions options, LogProgress progress)
            throws InterruptedException;

    /**
     * {@return why nothing more comes when subscriptions have ended: the beginning of a sentence}
     */
    default String ending() {
        return "Stele was closed";
    }

    /** Ends it in order. Repeats do nothing. */
    @Override
    void close();
}

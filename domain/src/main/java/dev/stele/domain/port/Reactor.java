package dev.stele.domain.port;

import java.time.Duration;

/**
 * Does slow outside work that facts ask for, and reports the result as a command. The engine starts
 * each reactor once. Of a log that several nodes share a reactor sees the work of its own node
 * only, and each time that the node begins to write has reactors of its own.
 *
 * <p>The log is the to-do list: at its start a reactor finds its open work in the model, whatever
 * the process before it left undone. It may be told of the same work twice and does it once.
 */
public interface Reactor extends AutoCloseable {

    /** {@return a short name for messages} */
    String name();

    /**
     * Begins to work. Returns when open work of an earlier process is taken over.
     *
     * @param gateway where results go
     * @param feed where work comes from
     */
    void start(CommandGateway gateway, EventFeed feed);

    /**
     * Waits until everything that the model asks of it now is done and reported.
     *
     * @param timeout how long to wait at most
     * @return whether it is quiet
     * @throws InterruptedException when the waiting thread is interrupted
     */
    boolean drain(Duration timeout) throws InterruptedException;

    /** Stops working and leaves nothing behind. What is undone is found at the next start. */
    @Override
    void close();
}

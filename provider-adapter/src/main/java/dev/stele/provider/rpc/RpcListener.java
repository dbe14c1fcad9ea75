package dev.stele.provider.rpc;

/**
 * Hears everything that goes over a connection. What is received comes on the connection's reader
 * thread, one after the other and in order; holding that thread holds the other side's pipe.
 */
public interface RpcListener {

    /**
     * A message is about to be sent. Messages come in the order in which they go out, under the
     * connection's lock: it must return at once.
     *
     * @param message the message
     */
    default void sending(RpcMessage message) {}

    /**
     * A message came. When it answers a request, that request's future is completed afterwards.
     *
     * @param message the message
     */
    void received(RpcMessage message);

    /**
     * A line as it stands on the wire, before it is taken in or after it was given to {@link
     * #sending}. Lines that we send come under the connection's lock: it must return at once.
     *
     * @param ours whether we send it
     * @param line the line without its end
     */
    default void wire(boolean ours, String line) {}

    /**
     * Something came that is no message. Reported a bounded number of times for one connection.
     *
     * @param text its beginning
     */
    default void garbage(String text) {}

    /** Nothing more will come. The last call, made once. */
    void ended();
}

package dev.stele.provider.session;

import dev.stele.provider.rpc.RpcMessage;
import java.util.Set;

/**
 * What the agent may ask of its client beside permissions. Thread-safe. Each request is served on a
 * thread of its own, so it may wait; an interrupt means that the agent takes it back.
 */
public interface ClientServices extends AutoCloseable {

    /** Nothing is on offer. */
    ClientServices NONE =
            new ClientServices() {
                @Override
                public Set<String> methods() {
                    return Set.of();
                }

                @Override
                public RpcMessage serve(RpcMessage.Request request) {
                    return Heard.unknownMethod(request);
                }

                @Override
                public void close() {}
            };

    /** The methods that are on offer. */
    Set<String> methods();

    /**
     * Does what is asked for.
     *
     * @param request one of the methods on offer
     * @return its answer
     * @throws InterruptedException when it is taken back
     */
    RpcMessage serve(RpcMessage.Request request) throws InterruptedException;

    /** Ends all that was begun. */
    @Override
    void close();
}

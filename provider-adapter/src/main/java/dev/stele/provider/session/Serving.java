package dev.stele.provider.session;

import dev.stele.provider.rpc.RpcMessage;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/** Serves the agent's requests to its client, each on a thread of its own. Thread-safe. */
final class Serving {
    private static final int MOST_AT_ONCE = 200;

    private final ClientServices services;
    private final Consumer<RpcMessage> out;
    private final Map<String, Thread> served = new ConcurrentHashMap<>();

    /**
     * Serves nothing yet.
     *
     * @param services what is on offer; closed by {@link #close}
     * @param out where the answers go
     */
    Serving(ClientServices services, Consumer<RpcMessage> out) {
        this.services = services;
        this.out = out;
    }

    /** Takes in a message: serves a request that is on offer, and ends one that is taken back. */
    void hear(RpcMessage message) {
        if (message instanceof RpcMessage.Request request
                && services.methods().contains(request.method())) {
            serve(request);
        } else if (message instanceof RpcMessage.Notification(var method, var params)
                && method.equals(RpcMessage.CANCEL_REQUEST)) {
            Thread server = served.get(RpcMessage.key(params.path("requestId")));
            if (server != null) {
                server.interrupt();
            }
        }
    }

    private void serve(RpcMessage.Request request) {
        if (served.size() >= MOST_AT_ONCE) {
            out.accept(
                    Heard.refusal(
                            request.id(),
                            RpcMessage.INVALID_REQUEST,
                            "%d requests wait for answers already".formatted(MOST_AT_ONCE)));
            return;
        }
        String key = RpcMessage.key(request.id());
        Thread server =
                Thread.ofVirtual()
                        .name("serving-" + request.method())
                        .unstarted(() -> {
                            try {
                                out.accept(answer(request));
                            } finally {
                                served.remove(key);
                            }
                        });
        served.put(key, server);
        server.start();
    }

    private RpcMessage answer(RpcMessage.Request request) {
        try {
            return services.serve(request);
        } catch (InterruptedException _) {
            return Heard.refusal(request.id(), RpcMessage.REQUEST_CANCELLED, "cancelled");
        }
    }

    /** Whether the agent waits for an answer. */
    boolean isBusy() {
        return !served.isEmpty();
    }

    /** Ends all that is under way. */
    void close() {
        services.close();
        served.values().forEach(Thread::interrupt);
    }
}

package dev.stele.provider.session;

import dev.stele.provider.process.ProviderFailure;
import dev.stele.provider.rpc.RpcConnection;
import dev.stele.provider.rpc.RpcMessage;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import tools.jackson.databind.JsonNode;

/**
 * Asks an agent and waits for its answers, all of them within one limit. Time in which this process
 * stood still does not count. Not thread-safe.
 */
public final class Asking {
    private final RpcConnection connection;
    private final LastWords lastWords;
    private final Duration limit;
    private final AwakeTime awake = new AwakeTime();

    /**
     * Begins to ask now.
     *
     * @param connection to the agent
     * @param lastWords for errors
     * @param limit how long all of it may take
     */
    Asking(RpcConnection connection, LastWords lastWords, Duration limit) {
        this.connection = connection;
        this.lastWords = lastWords;
        this.limit = limit;
    }

    /** Words about the agent, for errors. */
    public LastWords lastWords() {
        return lastWords;
    }

    /**
     * Asks, and does without a refusal.
     *
     * @param method what is wanted
     * @param params with what
     * @return the answer
     * @throws ProviderFailure when it is refused, or not answered in time
     * @throws InterruptedException when the waiting thread is interrupted
     */
    public JsonNode ask(String method, JsonNode params)
            throws ProviderFailure, InterruptedException {
        return switch (answer(method, params)) {
            case RpcMessage.Response(_, var result) -> result;
            case RpcMessage.Failure failure -> throw lastWords.refused(failure);
            case RpcMessage.Request _, RpcMessage.Notification _ -> throw lastWords.noSession();
        };
    }

    /**
     * Asks.
     *
     * @param method what is wanted
     * @param params with what
     * @return the answer, a {@link RpcMessage.Response} or a {@link RpcMessage.Failure}
     * @throws ProviderFailure when it is not answered in time, or the agent is gone
     * @throws InterruptedException when the waiting thread is interrupted
     */
    public RpcMessage answer(String method, JsonNode params)
            throws ProviderFailure, InterruptedException {
        CompletableFuture<RpcMessage> answer = connection.request(method, params);
        try {
            RpcMessage got = await(answer);
            if (got instanceof RpcMessage.Failure(var id, _, _, _) && id.isNull()) {
                // The connection answers so when it ends before the agent has answered.
                throw lastWords.exitedAtOnce();
            }
            return got;
        } catch (TimeoutException _) {
            answer.cancel(false);
            throw lastWords.noAnswer(method, limit);
        } catch (InterruptedException e) {
            answer.cancel(false);
            throw e;
        } catch (ExecutionException e) {
            throw new AssertionError("answers never fail", e);
        }
    }

    private RpcMessage await(CompletableFuture<RpcMessage> answer)
            throws InterruptedException, ExecutionException, TimeoutException {
        Duration left = left();
        while (left.isPositive()) {
            try {
                return answer.get(AwakeTime.slice(left), TimeUnit.NANOSECONDS);
            } catch (TimeoutException _) {
                left = left();
            }
        }
        throw new TimeoutException();
    }

    private Duration left() {
        return limit.minus(awake.passed());
    }

    /**
     * Waits until the agent has said nothing for some time, or the limit is reached.
     *
     * @param quiet how long it has to be silent
     * @throws InterruptedException when the waiting thread is interrupted
     */
    public void awaitQuiet(Duration quiet) throws InterruptedException {
        long left = quiet.toNanos() - connection.silence();
        while (left > 0 && left < left().toNanos()) {
            TimeUnit.NANOSECONDS.sleep(left);
            left = quiet.toNanos() - connection.silence();
        }
    }

    /**
     * Tells something that wants no answer.
     *
     * @param message what is told
     */
    public void tell(RpcMessage.Notification message) {
        connection.send(message);
    }

    /** The name and version of this client, as both protocols want them. */
    public static ClientInfo clientInfo() {
        @org.jspecify.annotations.Nullable
        String version = Asking.class.getPackage().getImplementationVersion();
        return new ClientInfo("stele", "Stele", version == null ? "development" : version);
    }

    /**
     * What this client tells of itself.
     *
     * @param name its name for programs
     * @param title its name for people
     * @param version its version
     */
    public record ClientInfo(String name, String title, String version) {}
}

package dev.stele.app.attach;

import dev.stele.app.config.ServerNotice;
import dev.stele.app.config.SteleHome;
import dev.stele.app.config.Version;
import dev.stele.app.engine.CompactionOptions;
import dev.stele.app.engine.CompactionReport;
import dev.stele.contracts.OperationId;
import dev.stele.domain.command.DeciderError;
import dev.stele.domain.port.AgentDirectory;
import dev.stele.domain.port.Codec;
import dev.stele.domain.port.CommandEnvelope;
import dev.stele.domain.port.DispatchResult;
import dev.stele.domain.port.OperationProgress;
import dev.stele.domain.port.StoreException;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Talks to the server that holds a home. Thread-safe. */
public final class ServerClient implements AutoCloseable {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final Duration LATE = Duration.ofSeconds(2);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(300);
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final String PROBLEM = "urn:stele:problem:";

    private final ServerNotice notice;
    private final Codec codec;
    private final HttpClient http;
    private final Runnable onWait;
    private final AtomicBoolean waits = new AtomicBoolean();
    private final CountDownLatch closed = new CountDownLatch(1);

    /** What became of asking whether the server is there. */
    private enum Presence {
        THERE,
        /** Somebody takes the call, and nobody answers in time. */
        SILENT,
        /** Somebody answers who is not the server, or nobody is there. */
        GONE
    }

    private ServerClient(ServerNotice notice, Codec codec, Runnable onWait) {
        this.notice = notice;
        this.codec = codec;
        this.onWait = onWait;
        HttpClient.Builder builder =
                HttpClient.newBuilder()
                        .version(HttpClient.Version.HTTP_1_1)
                        .connectTimeout(PATIENCE);
        this.http =
                (notice.certificate() == null
                                ? builder
                                : builder.sslContext(PinnedTrust.context(notice.certificate())))
                        .build();
    }

    /**
     * {@return a client of the server that holds a home; null when there is none}
     *
     * @param home the home
     * @param codec its JSON
     * @param onWait hears, each time anew, that the server has not answered for two seconds
     * @throws StoreException.Locked when there is one, and this process cannot work through it
     */
    public static @Nullable ServerClient of(SteleHome home, Codec codec, Runnable onWait) {
        ServerNotice notice = ServerNotice.read(home);
        if (notice == null) {
            return null;
        }
        var client = new ServerClient(notice, codec, onWait);
        boolean found = false;
        try {
            found = client.isFound();
            return found ? client : null;
        } finally {
            if (!found) {
                client.close();
            }
        }
    }

    private boolean isFound() {
        return switch (presence(true)) {
            case THERE -> true;
            case GONE -> false;
            case SILENT ->
                    throw new StoreException.Locked(
                            "The server at %s, process %d, holds the home and has not answered"
                                            .formatted(address(), notice.pid())
                                    + " within %d s. Try again, or end it."
                                            .formatted(PATIENCE.toSeconds()));
        };
    }

    /** {@return whether the server is there, and no other program in its place} */
    public boolean isThere() {
        return presence(false) != Presence.GONE; // one that is busy will go on
    }

    private Presence presence(boolean toWorkWith) {
        var asked = new CompletableFuture<Presence>();
        tellWhenLate(asked);
        Presence presence = ask(toWorkWith);
        asked.complete(presence);
        return presence;
    }

    /** Once for each time that the server is silent. */
    private void tellWhenLate(CompletableFuture<?> answer) {
        CompletableFuture.delayedExecutor(LATE.toMillis(), TimeUnit.MILLISECONDS)
                .execute(() -> {
                    boolean late = !answer.isDone() && closed.getCount() > 0;
                    if (!waits.getAndSet(late) && late) {
                        onWait.run();
                    }
                });
    }

    private Presence ask(boolean toWorkWith) {
        try {
            String nonce = Long.toHexString(RANDOM.nextLong());
            HttpRequest request =
                    HttpRequest.newBuilder(notice.address().resolve("/api/health?nonce=" + nonce))
                            .timeout(PATIENCE)
                            .build();
            JsonNode health = json(http.send(request, BodyHandlers.ofByteArray()).body());
            if (!notice.token().proof(nonce).equals(health.path("proof").asString(""))) {
                return Presence.GONE;
            }
            if (toWorkWith) {
                requireSame(health.path("version").asString(""));
            }
            return Presence.THERE;
        } catch (HttpConnectTimeoutException e) {
            return Presence.GONE;
        } catch (HttpTimeoutException e) {
            return Presence.SILENT;
        } catch (SSLException e) {
            if (toWorkWith) {
                throw untrusted(e);
            }
            return Presence.GONE;
        } catch (IOException e) {
            return Presence.GONE;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Presence.GONE;
        }
    }

    /** What one version writes another one may not understand. */
    private void requireSame(String version) {
        if (!version.equals(Version.TEXT)) {
            throw new StoreException.Locked(
                    "The server at %s holds the home and is Stele %s, and this is Stele %s. End it,"
                                    .formatted(address(), version, Version.TEXT)
                            + " process %d, and start it again with this one."
                                    .formatted(notice.pid()));
        }
    }

    private StoreException.Locked untrusted(SSLException why) {
        return new StoreException.Locked(
                "The server at %s, process %d, holds the home, and its certificate is not trusted"
                                .formatted(address(), notice.pid())
                        + " (%s). Start it again, with a certificate that is valid."
                                .formatted(why.getMessage()));
    }

    /** {@return where the server is} */
    public String address() {
        return notice.address().toString();
    }

    /**
     * Sends a command.
     *
     * @param envelope the command
     * @return the answer, later; an {@link IOException} where none came, and it is not known what
     *     became of the command
     */
    public CompletableFuture<DispatchResult> send(CommandEnvelope envelope) {
        byte[] body = codec.encode(envelope.command());
        HttpRequest request =
                request("/api/commands")
                        .header("Idempotency-Key", envelope.commandId().value())
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                        .build();
        CompletableFuture<HttpResponse<byte[]>> answer =
                http.sendAsync(request, BodyHandlers.ofByteArray());
        tellWhenLate(answer);
        return answer.thenApply(response -> result(response, envelope));
    }

    private DispatchResult result(HttpResponse<byte[]> response, CommandEnvelope envelope) {
        JsonNode json = json(response.body());
        if (response.statusCode() == 200) {
            return new DispatchResult.Accepted(
                    json.path("first").asLong(), json.path("last").asLong());
        }
        JsonNode error = json.get("error");
        if (error != null) {
            byte[] encoded = JSON.writeValueAsBytes(error);
            return new DispatchResult.Rejected(codec.decode(DeciderError.class, encoded));
        }
        String why = json.path("detail").asString("The server answered " + response.statusCode());
        return switch (json.path("type").asString("")) {
            case PROBLEM + "Overloaded" -> new DispatchResult.Overloaded();
            case PROBLEM + "CommandIdConflict" ->
                    new DispatchResult.CommandIdConflict(envelope.commandId());
            case PROBLEM + "Unencodable", PROBLEM + "TooLarge" ->
                    new DispatchResult.Unencodable(why);
            default -> new DispatchResult.Unavailable(why);
        };
    }

    /**
     * Has the log compacted.
     *
     * @param options what is touched
     * @return what it came to
     * @throws StoreException when the server says that it failed, or does not answer
     * @throws InterruptedException when the waiting thread is interrupted; the server goes on
     */
    public CompactionReport compact(CompactionOptions options) throws InterruptedException {
        byte[] body =
                JSON.writeValueAsBytes(
                        JSON.createObjectNode()
                                .put("olderThan", options.olderThan().toString())
                                .put("keep", options.keep())
                                .put("keepDeleted", options.keepDeleted().toString())
                                .put("giveBack", options.giveBack()));
        HttpRequest request =
                request("/api/log/compact")
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                        .build();
        try {
            HttpResponse<byte[]> response = http.send(request, BodyHandlers.ofByteArray());
            JsonNode json = json(response.body());
            if (response.statusCode() != 200) {
                throw new StoreException(json.path("detail").asString("The server failed."), null);
            }
            return report(json);
        } catch (IOException e) {
            throw new StoreException(
                    "The server at %s does not answer any more (%s). What was compacted stays so."
                            .formatted(address(), e),
                    e);
        }
    }

    /** {@return the agents that the server can start} They stay usable while this is open. */
    public AgentDirectory agents() {
        return new ServerAgents(this);
    }

    /** What the server tells. */
    JsonNode get(String path) {
        try {
            return told(request(path).timeout(PATIENCE).build());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StoreException("Asking the server at " + address() + " was given up.", e);
        }
    }

    /** What the server tells when it has done something, however long that takes. */
    JsonNode post(String path, JsonNode body) throws InterruptedException {
        return told(
                request(path)
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofByteArray(JSON.writeValueAsBytes(body)))
                        .build());
    }

    private JsonNode told(HttpRequest request) throws InterruptedException {
        try {
            HttpResponse<byte[]> response = http.send(request, BodyHandlers.ofByteArray());
            JsonNode told = json(response.body());
            if (response.statusCode() != 200) {
                throw new StoreException(told.path("detail").asString("The server failed."), null);
            }
            return told;
        } catch (IOException e) {
            throw new StoreException(
                    "The server at %s does not answer any more (%s).".formatted(address(), e), e);
        }
    }

    /**
     * Tells how far an operation is until it is over, the server is gone, or this is closed. What
     * is missed so is lost: it is for people who wait.
     *
     * @param id the operation
     * @param progress hears it, on the calling thread
     */
    public void follow(OperationId id, OperationProgress progress) {
        long after = 0;
        try {
            boolean open;
            do {
                HttpRequest request =
                        request("/api/operations/" + id.value() + "/progress?after=" + after)
                                .timeout(PATIENCE)
                                .build();
                JsonNode told = json(http.send(request, BodyHandlers.ofByteArray()).body());
                for (JsonNode line : told.path("lines")) {
                    after = line.path("number").asLong();
                    boolean passing = line.path("passing").asBoolean();
                    progress.told(id, line.path("line").asString(""), passing);
                }
                open = told.path("open").asBoolean(false);
            } while (open && !closed.await(BETWEEN_LOOKS.toMillis(), TimeUnit.MILLISECONDS));
        } catch (IOException e) {
            // what becomes of the operation is told by the log
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static CompactionReport report(JsonNode json) {
        return new CompactionReport(
                json.path("stretches").asInt(),
                json.path("events").asLong(),
                json.path("absorbed").asLong(),
                json.path("bytesBefore").asLong(),
                json.path("bytesAfter").asLong(),
                json.path("stopped").asString(""));
    }

    private static JsonNode json(byte[] body) {
        try {
            return JSON.readTree(body);
        } catch (JacksonException e) {
            return JSON.createObjectNode(); // somebody else answers there by now
        }
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(notice.address().resolve(path))
                .header("Authorization", "Bearer " + notice.token().value());
    }

    @Override
    public void close() {
        closed.countDown();
        http.shutdownNow();
    }
}

package dev.stele.provider.rpc;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.MissingNode;

/**
 * One side of a JSON-RPC conversation over two byte streams. Thread-safe. Sending never blocks: a
 * writer thread of its own feeds the stream, so that an other side that does not read holds nobody
 * up. Nothing that the other side sends makes it throw.
 *
 * <p>Its two threads are platform threads: a read or write of a pipe holds the carrier of a virtual
 * thread, and there are never more than 256 of those for the whole program.
 */
public final class RpcConnection {
    private static final int GARBAGE_REPORTS = 20;
    private static final int GARBAGE_LENGTH = 2_000;
    private static final int MOST_UNSENT = 10_000;
    private static final long MOST_UNSENT_BYTES = 256L << 20;
    private static final int ROOM = 100;
    private static final byte[] END = {};

    /** The id in an answer to what has none that could be read. */
    private static final JsonNode NOBODY = JsonNodeFactory.instance.nullNode();

    private final String name;
    private final LineReader in;
    private final OutputStream out;
    private final RpcListener listener;
    private final Thread writer;
    private final ReentrantLock sendLock = new ReentrantLock();
    private final Condition written = sendLock.newCondition();
    private final BlockingQueue<byte[]> unsent = new LinkedBlockingQueue<>(MOST_UNSENT);
    private final Map<String, CompletableFuture<RpcMessage>> asked = new ConcurrentHashMap<>();
    private long nextId;
    private final long mostUnsent;
    private long unsentBytes;
    private boolean outputClosed;
    private int garbageReported;
    private volatile boolean ended;
    private volatile long lastHeard = System.nanoTime();

    /**
     * A connection that is not started yet.
     *
     * @param name names its threads
     * @param in what the other side says; it need not be buffered
     * @param out what this side says; it is closed by {@link #closeOutput}
     * @param maxLine the longest line that is taken, in bytes
     * @param listener hears everything
     */
    public RpcConnection(
            String name, InputStream in, OutputStream out, int maxLine, RpcListener listener) {
        this(name, in, out, maxLine, listener, MOST_UNSENT_BYTES);
    }

    RpcConnection(
            String name,
            InputStream in,
            OutputStream out,
            int maxLine,
            RpcListener listener,
            long mostUnsent) {
        this.mostUnsent = mostUnsent;
        this.name = name;
        this.in = new LineReader(in, maxLine);
        this.out = out;
        this.listener = listener;
        this.writer = Thread.ofPlatform().daemon().name(name + "-writer").unstarted(this::writeAll);
    }

    /** Starts to read and write. Called once. */
    public void start() {
        Thread.ofPlatform().daemon().name(name + "-reader").start(this::readAll);
        writer.start();
    }

    /**
     * Sends a request. The future gets the {@link RpcMessage.Response} or {@link
     * RpcMessage.Failure}, on the reader thread; when the connection ends before, a Failure.
     * Cancelling it tells the other side that nobody waits for its answer any more.
     *
     * @param method what is wanted
     * @param params with what
     */
    public CompletableFuture<RpcMessage> request(String method, JsonNode params) {
        var answer = new CompletableFuture<RpcMessage>();
        sendLock.lock();
        try {
            JsonNode id = JsonNodeFactory.instance.numberNode(nextId++);
            asked.put(RpcMessage.key(id), answer);
            sendLocked(new RpcMessage.Request(id, method, params));
            var _ = answer.whenComplete((_, _) -> takeBackIfCancelled(id, answer));
        } finally {
            sendLock.unlock();
        }
        if (ended) {
            failAsked();
        }
        return answer;
    }

    private void takeBackIfCancelled(JsonNode id, CompletableFuture<RpcMessage> answer) {
        if (answer.isCancelled()) {
            asked.remove(RpcMessage.key(id));
            notify(RpcMessage.CANCEL_REQUEST, Json.object().set("requestId", id));
        }
    }

    /**
     * Sends a notification.
     *
     * @param method what it is about
     * @param params with what
     */
    public void notify(String method, JsonNode params) {
        send(new RpcMessage.Notification(method, params));
    }

    /**
     * Sends an answer, or any other message. After {@link #closeOutput} it is dropped.
     *
     * @param message the message
     */
    public void send(RpcMessage message) {
        sendLock.lock();
        try {
            sendLocked(message);
        } finally {
            sendLock.unlock();
        }
    }

    private void sendLocked(RpcMessage message) {
        if (outputClosed) {
            return;
        }
        listener.sending(message);
        String line = withoutLoneSurrogates(Json.write(message.toJson()));
        listener.wire(true, line);
        byte[] bytes = (line + "\n").getBytes(StandardCharsets.UTF_8);
        boolean fits = unsentBytes == 0 || unsentBytes + bytes.length <= mostUnsent;
        if (fits && unsent.offer(bytes)) {
            unsentBytes += bytes.length;
        } else {
            // The other side reads nothing: what waits here is lost with it, and it will be ended.
            outputClosed = true;
        }
    }

    /**
     * Waits while much is sent and not written yet, for one who sends more than answers.
     *
     * @throws InterruptedException when the waiting thread is interrupted
     */
    public void awaitRoom() throws InterruptedException {
        sendLock.lockInterruptibly();
        try {
            while (unsent.size() >= ROOM && !outputClosed) {
                written.await();
            }
        } finally {
            sendLock.unlock();
        }
    }

    /** Half a surrogate pair has no UTF-8; in JSON it can stand as an escape. */
    private static String withoutLoneSurrogates(String json) {
        if (json.codePoints().noneMatch(RpcConnection::isSurrogate)) {
            return json;
        }
        var escaped = new StringBuilder();
        json.codePoints()
                .forEach(c -> {
                    if (isSurrogate(c)) {
                        escaped.append("\\u%04x".formatted(c));
                    } else {
                        escaped.appendCodePoint(c);
                    }
                });
        return escaped.toString();
    }

    private static boolean isSurrogate(int codePoint) {
        return codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE;
    }

    /** Closes the way out once all that was sent before is written. */
    public void closeOutput() {
        sendLock.lock();
        try {
            outputClosed = true;
            var _ = unsent.offer(END);
        } finally {
            sendLock.unlock();
        }
    }

    /**
     * Waits, after {@link #closeOutput}, until all is written.
     *
     * @param limit how long at most
     * @throws InterruptedException when the waiting thread is interrupted
     */
    public void awaitWritten(Duration limit) throws InterruptedException {
        var _ = writer.join(limit);
    }

    /** How long nothing came, in nanoseconds. */
    public long silence() {
        return System.nanoTime() - lastHeard;
    }

    private void readAll() {
        try {
            for (var line = in.next(); line != null; line = in.next()) {
                lastHeard = System.nanoTime();
                take(line);
            }
        } catch (IOException _) {
            // The pipe broke: the same as its end.
        } finally {
            ended = true;
            failAsked();
            listener.ended();
        }
    }

    private void take(LineReader.Line line) {
        if (line.text().isBlank()) {
            return;
        }
        if (!line.whole()) {
            refuse(line, NOBODY, RpcMessage.INVALID_REQUEST, "a message this long is not taken");
            return;
        }
        try {
            take(line, Json.parse(line.text()));
        } catch (Json.NotJson _) {
            refuse(line, NOBODY, RpcMessage.PARSE_ERROR, "this is no JSON on one line");
        }
    }

    private void take(LineReader.Line line, JsonNode json) {
        RpcMessage message = RpcMessage.of(json);
        if (message == null) {
            refuse(
                    line,
                    json.has("method") && RpcMessage.isId(json.path("id"))
                            ? json.path("id")
                            : NOBODY,
                    RpcMessage.INVALID_REQUEST,
                    "this is no message of JSON-RPC 2.0, of which each stands alone");
            return;
        }
        listener.wire(false, line.text());
        listener.received(message);
        switch (message) {
            case RpcMessage.Response(var id, _) -> complete(id, message);
            case RpcMessage.Failure(var id, _, _, _) -> complete(id, message);
            case RpcMessage.Request _, RpcMessage.Notification _ -> {}
        }
    }

    /** What is no message is reported and answered a bounded number of times. */
    private void refuse(LineReader.Line line, JsonNode id, int code, String why) {
        if (garbageReported++ < GARBAGE_REPORTS) {
            String text = line.text();
            boolean cut = text.length() > GARBAGE_LENGTH || !line.whole();
            String shown = text.substring(0, Math.min(text.length(), GARBAGE_LENGTH));
            listener.garbage(cut ? shown + "… (%d bytes)".formatted(line.length()) : shown);
            send(new RpcMessage.Failure(id, code, why, MissingNode.getInstance()));
        }
    }

    private void complete(JsonNode id, RpcMessage answer) {
        var waiting = asked.remove(RpcMessage.key(id));
        if (waiting != null) {
            waiting.complete(answer);
        }
    }

    private void failAsked() {
        for (String key : List.copyOf(asked.keySet())) {
            var waiting = asked.remove(key);
            if (waiting != null) {
                waiting.complete(
                        new RpcMessage.Failure(
                                NOBODY, 0, "the connection ended", MissingNode.getInstance()));
            }
        }
    }

    private void writeAll() {
        try (out) {
            for (byte[] line = unsent.take(); line.length > 0; line = unsent.take()) {
                out.write(line);
                if (unsent.isEmpty()) {
                    out.flush();
                }
                tellWritten(line.length, false);
            }
        } catch (IOException _) {
            // The other side is gone; its reader's end says so.
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } finally {
            tellWritten(0, true);
        }
    }

    private void tellWritten(int bytes, boolean nothingMore) {
        sendLock.lock();
        try {
            unsentBytes -= bytes;
            outputClosed |= nothingMore;
            written.signalAll();
        } finally {
            sendLock.unlock();
        }
    }
}

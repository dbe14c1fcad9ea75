package dev.stele.app.cli;

import dev.stele.app.cli.Console.Reply;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Lines that a person types, read beside everything else, so that a question can be dropped while
 * nobody has answered it. Not thread-safe.
 */
final class TypedLines {

    private final BufferedReader in;
    private @Nullable CompletableFuture<Reply> next;

    TypedLines(InputStream in) {
        this.in = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
    }

    /** Throws away an answer that came when its question was off already. */
    void forgetLateOne() {
        if (hasLateOne()) {
            next = null;
        }
    }

    /** Whether such an answer has come. */
    boolean hasLateOne() {
        return next != null && next.isDone();
    }

    /** Waits for the next line; null when none came in this time. */
    @Nullable Reply await(Duration patience) throws InterruptedException {
        CompletableFuture<Reply> line = next == null ? read() : next;
        next = line;
        try {
            Reply reply = line.get(patience.toMillis(), TimeUnit.MILLISECONDS);
            next = null;
            return reply;
        } catch (TimeoutException notYet) {
            return null;
        } catch (ExecutionException e) {
            throw new IllegalStateException("Standard input could not be read", e);
        }
    }

    private CompletableFuture<Reply> read() {
        var line = new CompletableFuture<Reply>();
        Thread.ofPlatform().daemon().name("stele-typed").start(() -> line.complete(readLine()));
        return line;
    }

    /** An input that cannot be read, such as a closed one, is one where nobody answers. */
    private Reply readLine() {
        try {
            String line = in.readLine();
            return line == null ? new Reply.Nobody() : new Reply.Typed(line);
        } catch (IOException e) {
            return new Reply.Nobody();
        }
    }
}

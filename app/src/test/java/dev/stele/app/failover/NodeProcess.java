package dev.stele.app.failover;

import dev.stele.app.jvm.ChildJvm;
import dev.stele.app.support.Waiting;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A {@link FailoverNode} as the process that started it sees it. */
final class NodeProcess implements AutoCloseable {
    private static final long LONG = 180;

    private final String name;
    private final Process process;
    private final Thread reader;
    private final Collection<Kept> promises;
    private final BlockingQueue<String> answers = new LinkedBlockingQueue<>();
    private volatile long token;
    private volatile long wroteAt;
    private volatile boolean follows;

    /**
     * Starts a node.
     *
     * @param address the log's address
     * @param name the node's name
     * @param lease the length of a lease
     * @param callers how many callers it has
     * @param errors where its log goes
     * @param promises gets what it promises
     */
    NodeProcess(
            String address,
            String name,
            Duration lease,
            int callers,
            Path errors,
            Collection<Kept> promises)
            throws IOException {
        this.name = name;
        this.promises = promises;
        this.process =
                new ProcessBuilder(
                                ChildJvm.shared()
                                        .words(
                                                FailoverNode.class.getName(),
                                                address,
                                                name,
                                                String.valueOf(lease.toMillis()),
                                                String.valueOf(callers)))
                        .redirectError(ProcessBuilder.Redirect.appendTo(errors.toFile()))
                        .start();
        this.reader = Thread.ofVirtual().name("reader-" + name).start(this::read);
    }

    private void read() {
        try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = out.readLine(); line != null; line = out.readLine()) {
                hear(line);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void hear(String line) {
        Kept kept = Kept.of(line);
        if (kept != null) {
            promises.add(kept);
        } else if (line.startsWith("writes ")) {
            token = Long.parseLong(line.substring("writes ".length()));
            wroteAt = System.nanoTime();
            follows = false;
        } else if (line.equals("follows")) {
            follows = true;
        } else {
            answers.add(line);
        }
    }

    String name() {
        return name;
    }

    /** The token of its newest term; 0 when it had none. */
    long token() {
        return token;
    }

    /** When it last began to write, by {@link System#nanoTime}. */
    long wroteAt() {
        return wroteAt;
    }

    /** Whether it has said that it follows since it last wrote. */
    boolean follows() {
        return follows;
    }

    /** Whether it has come so far that it writes or follows. */
    boolean isUp() {
        return token > 0 || follows;
    }

    /** Tells it something, and waits for the answer. */
    String ask(String line) throws IOException, InterruptedException {
        Writer in = process.outputWriter(StandardCharsets.UTF_8);
        in.write(line + "\n");
        in.flush();
        String answer = answers.poll(LONG, TimeUnit.SECONDS);
        if (answer == null) {
            throw new IOException(name + " does not answer '" + line + "'");
        }
        return answer;
    }

    /** Ends it as a power failure would. All that it said is heard when this returns. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
        reader.join();
    }

    /** Freezes it, or lets it go on. */
    void signal(String signal) throws IOException, InterruptedException {
        int done =
                new ProcessBuilder("kill", "-" + signal, String.valueOf(process.pid()))
                        .inheritIO()
                        .start()
                        .waitFor();
        if (done != 0) {
            throw new IOException("the process of " + name + " took no " + signal);
        }
    }

    /** Lets it end in order. */
    void quit() throws IOException {
        process.outputWriter(StandardCharsets.UTF_8).close();
        Waiting.until(name + " has ended", () -> !process.isAlive());
    }

    @Nullable Integer exitValue() {
        return process.isAlive() ? null : process.exitValue();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}

package dev.stele.provider.process;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** A running agent. Thread-safe. Its standard error is read all the time and its end kept. */
public final class AgentProcess {
    private static final int KEPT_OF_ERRORS = 8 * 1024;
    private static final Duration AFTER_END_OF_INPUT = Duration.ofSeconds(3);
    private static final Duration FOR_ITS_EXIT_CODE = Duration.ofSeconds(1);
    private static final Duration FOR_LAST_ERRORS = Duration.ofMillis(500);
    private static final int LOOKS_FOR_SURVIVORS = 3;

    private final Process process;
    private final String shown;
    private final Marker marker;
    private final Registry registry;
    private final Path registered;
    private final OutputTail errors = new OutputTail(KEPT_OF_ERRORS);
    private final Thread errorReader;
    private final ReentrantLock ending = new ReentrantLock();

    AgentProcess(Process process, String shown, Marker marker, Registry registry, Path registered) {
        this.process = process;
        this.shown = shown;
        this.marker = marker;
        this.registry = registry;
        this.registered = registered;
        errorReader =
                Thread.ofPlatform()
                        .daemon()
                        .name("agent-" + process.pid() + "-errors")
                        .start(() -> errors.drain(process.getErrorStream()));
    }

    /** Its number. */
    public long pid() {
        return process.pid();
    }

    /** What it is called in messages. */
    public String shown() {
        return shown;
    }

    /** What it says. */
    public InputStream output() {
        return process.getInputStream();
    }

    /** What is said to it. */
    public OutputStream input() {
        return process.getOutputStream();
    }

    /** Whether it runs. */
    public boolean isAlive() {
        return process.isAlive();
    }

    /** Its exit code, or null while it runs. */
    public @Nullable Integer exitCode() {
        return process.isAlive() ? null : process.exitValue();
    }

    /**
     * Starts a command beside it that belongs to it as its own children do: it is recorded on the
     * disk before this returns and marked, so that it ends with the agent, or at the next start.
     *
     * @param command what is run
     * @throws IOException when it cannot be started or recorded; nothing runs then
     */
    public Process startBeside(ProcessBuilder command) throws IOException {
        command.environment().put(Marker.VARIABLE, marker.text());
        Process beside = command.start();
        ProcessIdentity identity = ProcessIdentity.ofNew(beside);
        try {
            Path file = registry.add(identity, marker.owner());
            var _ = beside.onExit().thenRun(() -> registry.remove(file));
            return beside;
        } catch (IOException e) {
            Ending.end(List.of(beside.toHandle()));
            throw new IOException("its process cannot be recorded: " + e.getMessage(), e);
        }
    }

    /** Runs the task once it has exited, on a thread of the system's. */
    public void onExit(Runnable task) {
        var _ = process.onExit().thenRun(task);
    }

    /**
     * Waits for its exit. An interrupt of the caller waits as well.
     *
     * @param limit how long at most
     * @return whether it has exited
     */
    public boolean awaitExit(Duration limit) {
        long deadline = System.nanoTime() + limit.toNanos();
        boolean interrupted = false;
        while (process.isAlive() && deadline - System.nanoTime() > 0) {
            try {
                var _ = process.waitFor(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
            } catch (InterruptedException _) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        return !process.isAlive();
    }

    /** The last words on its standard error, without white space around them; may be empty. */
    public String lastErrors() {
        if (!process.isAlive()) {
            try {
                errorReader.join(FOR_LAST_ERRORS);
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
            }
        }
        return errors.text();
    }

    /**
     * Ends it and all that it started: closes its input, waits three seconds, asks, then kills.
     * Returns when nothing of it is left. Repeats do nothing.
     *
     * @param closeInput closes its input; a writer may have to write what it holds first
     */
    public void end(Runnable closeInput) {
        ending.lock();
        try {
            Collection<ProcessHandle> tree = tree();
            closeInput.run();
            awaitExit(AFTER_END_OF_INPUT);
            endTree(tree);
        } finally {
            ending.unlock();
        }
    }

    /** Ends it and all that it started at once, without waiting for it to end by itself. */
    public void kill() {
        ending.lock();
        try {
            endTree(tree());
        } finally {
            ending.unlock();
        }
    }

    private void endTree(Collection<ProcessHandle> known) {
        Collection<ProcessHandle> left = known;
        for (int look = 0; look < LOOKS_FOR_SURVIVORS && !left.isEmpty(); look++) {
            left.addAll(tree());
            left.removeIf(Ending::isGone);
            Ending.end(left);
            left = tree();
        }
        awaitExit(FOR_ITS_EXIT_CODE);
        registry.remove(registered);
    }

    private Collection<ProcessHandle> tree() {
        var tree = new LinkedHashSet<ProcessHandle>();
        if (process.isAlive()) {
            tree.add(process.toHandle());
            process.descendants().forEach(tree::add);
        }
        tree.addAll(MarkedProcesses.find(marker::equals));
        tree.removeIf(Ending::isGone);
        return tree;
    }
}

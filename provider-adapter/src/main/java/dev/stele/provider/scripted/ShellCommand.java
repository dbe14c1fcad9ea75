package dev.stele.provider.scripted;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A command of the system's shell as a real child process. It may be killed from any thread. */
final class ShellCommand {
    private static final int MOST_KEPT = 64 * 1024;
    private static final Duration TELL_EVERY = Duration.ofMillis(100);

    private final String command;
    private final Path directory;
    private final Consumer<String> output;
    private final StringBuilder said = new StringBuilder();
    private @Nullable Process process;
    private boolean killed;

    /**
     * A command that does not run yet.
     *
     * @param command the command
     * @param directory where it runs
     * @param output hears now and then all that it has said
     */
    ShellCommand(String command, Path directory, Consumer<String> output) {
        this.command = command;
        this.directory = directory;
        this.output = output;
    }

    /**
     * How it ended.
     *
     * @param exitCode its exit code
     * @param output the end of what it said
     */
    record Result(int exitCode, String output) {}

    /** Runs it to its end. */
    Result run() throws IOException, InterruptedException {
        Process started = start();
        started.getOutputStream().close();
        try (Reader reader =
                new InputStreamReader(started.getInputStream(), StandardCharsets.UTF_8)) {
            listen(reader);
        }
        return new Result(started.waitFor(), said.toString());
    }

    private synchronized Process start() throws IOException, InterruptedException {
        if (killed) {
            throw new InterruptedException();
        }
        Process started =
                new ProcessBuilder("/bin/sh", "-c", command)
                        .directory(directory.toFile())
                        .redirectErrorStream(true)
                        .start();
        process = started;
        return started;
    }

    private void listen(Reader reader) throws IOException {
        var piece = new char[4096];
        long told = System.nanoTime();
        for (int n = reader.read(piece); n >= 0; n = reader.read(piece)) {
            said.append(piece, 0, n);
            said.delete(0, Math.max(0, said.length() - MOST_KEPT));
            if (System.nanoTime() - told >= TELL_EVERY.toNanos()) {
                told = System.nanoTime();
                output.accept(said.toString());
            }
        }
    }

    /** Kills it and all that it started. */
    synchronized void kill() {
        killed = true;
        Process running = process;
        if (running != null) {
            var tree = running.descendants().toList();
            running.destroyForcibly();
            tree.forEach(ProcessHandle::destroyForcibly);
        }
    }
}

package dev.stele.app.cli;

import dev.stele.app.jvm.ChildJvm;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;

/** The command line as a process of its own, on a home of its own. */
record Cli(Path home) {

    private static final long PATIENCE_SECONDS = 180;

    /** What a finished command left. */
    record Outcome(int code, String out, String err) {

        /** Everything that a person saw. */
        String screen() {
            return out + err;
        }
    }

    /** Runs a command to its end; its standard input is empty. */
    Outcome run(String... arguments) throws Exception {
        return answering("", arguments);
    }

    /** Runs a command to its end with this typed into it. */
    Outcome answering(String typed, String... arguments) throws Exception {
        return start(typed, arguments).await();
    }

    /** Runs a command from a script of bash, in which {@code "$@"} stands for it. */
    Outcome scripted(String script, String... arguments) throws Exception {
        return start(List.of("bash", "-c", script, "bash"), "", arguments).await();
    }

    /** Starts a command. */
    Running start(String typed, String... arguments) throws IOException {
        return start(List.of(), typed, arguments);
    }

    private Running start(List<String> before, String typed, String... arguments)
            throws IOException {
        List<String> words =
                new ArrayList<>(
                        List.of(
                                // A shell's background job, as a build may be, ignores Ctrl-C,
                                // and one that outlives its terminal ignores HUP.
                                "env", "--default-signal=INT,HUP,PIPE"));
        words.addAll(before);
        words.addAll(ChildJvm.shared().words(Main.class.getName()));
        words.addAll(List.of(arguments));
        var builder = new ProcessBuilder(words);
        builder.environment().keySet().removeIf(name -> name.startsWith("STELE_"));
        builder.environment().putAll(Map.of("STELE_HOME", home.toString(), "LC_ALL", "C.UTF-8"));
        Process process = builder.start();
        try (var in = process.getOutputStream()) {
            in.write(typed.getBytes(StandardCharsets.UTF_8));
        }
        return new Running(process);
    }

    /** Whether it runs no more. In a container nobody may collect an orphan: it is gone as well. */
    static boolean isGone(ProcessHandle process) {
        return !process.isAlive() || isZombie(process.pid());
    }

    private static boolean isZombie(long pid) {
        try {
            return Files.readAllLines(Path.of("/proc", Long.toString(pid), "status"))
                    .contains("State:\tZ (zombie)");
        } catch (IOException _) {
            return false;
        }
    }

    /** A command that runs. */
    static final class Running {

        private final Process process;
        private final Text out;
        private final Text err;

        Running(Process process) {
            this.process = process;
            this.out = new Text(process.getInputStream());
            this.err = new Text(process.getErrorStream());
        }

        long pid() {
            return process.pid();
        }

        boolean isAlive() {
            return process.isAlive();
        }

        /** Waits until something is on the screen. */
        void awaitScreen(Predicate<String> shown) throws TimeoutException {
            long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
            while (!shown.test(out.soFar() + err.soFar())) {
                if (System.nanoTime() > deadline || !process.isAlive()) {
                    process.destroyForcibly();
                    throw new TimeoutException(
                            "never shown; there is: " + out.soFar() + err.soFar());
                }
                LockSupport.parkNanos(20_000_000);
            }
        }

        /** Sends a signal by its name. */
        void signal(String name) throws Exception {
            new ProcessBuilder("kill", "-" + name, Long.toString(pid())).start().waitFor();
        }

        Outcome await() throws Exception {
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new TimeoutException("hangs; the screen says: " + out.soFar() + err.soFar());
            }
            return new Outcome(process.exitValue(), out.whole(), err.whole());
        }
    }

    /** What a process prints. */
    private static final class Text {

        private final StringBuilder text = new StringBuilder();
        private final CompletableFuture<Void> end;

        Text(InputStream stream) {
            this.end = CompletableFuture.runAsync(() -> read(stream), Thread::startVirtualThread);
        }

        private void read(InputStream stream) {
            try (var reader = new InputStreamReader(stream, StandardCharsets.UTF_8)) {
                var buffer = new char[4096];
                for (int count = reader.read(buffer); count >= 0; count = reader.read(buffer)) {
                    append(new String(buffer, 0, count));
                }
            } catch (IOException e) {
                append(e.toString());
            }
        }

        private synchronized void append(String more) {
            text.append(more);
        }

        synchronized String soFar() {
            return text.toString();
        }

        String whole() {
            end.join();
            return soFar();
        }
    }
}

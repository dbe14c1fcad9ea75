package dev.stele.git.program;

import dev.stele.git.capture.StopSign;
import dev.stele.git.repository.GitFailure;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs the user's git in a directory, with the user's identity, hooks, signing and credentials. It
 * asks nobody anything: where git would, it fails. Immutable.
 */
public final class GitProgram {

    private static final Logger LOG = LoggerFactory.getLogger(GitProgram.class);
    private static final Duration LOOK_EVERY = Duration.ofMillis(50);
    private static final Duration MERCY = Duration.ofSeconds(2);

    /** Variables by which a hook that Stele is run from would lead git elsewhere. */
    private static final List<String> LEADING_ASTRAY =
            List.of(
                    "GIT_ALTERNATE_OBJECT_DIRECTORIES",
                    "GIT_CEILING_DIRECTORIES",
                    "GIT_COMMON_DIR",
                    "GIT_CONFIG",
                    "GIT_CONFIG_COUNT",
                    "GIT_CONFIG_PARAMETERS",
                    "GIT_DIR",
                    "GIT_GRAFT_FILE",
                    "GIT_IMPLICIT_WORK_TREE",
                    "GIT_INDEX_FILE",
                    "GIT_LITERAL_PATHSPECS",
                    "GIT_NAMESPACE",
                    "GIT_NO_REPLACE_OBJECTS",
                    "GIT_OBJECT_DIRECTORY",
                    "GIT_PREFIX",
                    "GIT_QUARANTINE_PATH",
                    "GIT_REPLACE_REF_BASE",
                    "GIT_SHALLOW_FILE",
                    "GIT_WORK_TREE",
                    // Through it gpg would ask on the terminal.
                    "GPG_TTY");

    private final Path directory;
    private final Duration limit;
    private final Map<String, String> variables;
    private final Consumer<ProcessHandle> witness;
    private final LineListener listener;

    /**
     * Git in a directory.
     *
     * @param directory where it is run
     * @param limit how long a run may take
     */
    public GitProgram(Path directory, Duration limit) {
        this(directory, limit, Map.of(), _ -> {}, (_, _) -> {});
    }

    private GitProgram(
            Path directory,
            Duration limit,
            Map<String, String> variables,
            Consumer<ProcessHandle> witness,
            LineListener listener) {
        this.directory = directory;
        this.limit = limit;
        this.variables = Map.copyOf(variables);
        this.witness = witness;
        this.listener = listener;
    }

    /** The same with variables of its environment. */
    public GitProgram with(Map<String, String> newVariables) {
        return new GitProgram(directory, limit, newVariables, witness, listener);
    }

    /** The same, telling of each process right after it was started. */
    public GitProgram witnessedBy(Consumer<ProcessHandle> newWitness) {
        return new GitProgram(directory, limit, variables, newWitness, listener);
    }

    /** The same, telling each line of complaints and progress as it is printed. */
    public GitProgram telling(LineListener newListener) {
        return new GitProgram(directory, limit, variables, witness, newListener);
    }

    /**
     * Runs git without input.
     *
     * @param stop raised when it is to be killed
     * @param arguments its arguments
     */
    public GitRun run(StopSign stop, String... arguments) throws InterruptedException {
        return run(stop, new byte[0], arguments);
    }

    /**
     * Runs git.
     *
     * @param stop raised when it is to be killed
     * @param input what it reads
     * @param arguments its arguments
     * @throws GitFailure when it cannot be run, or takes too long
     * @throws StopSign.Stopped when it was killed
     * @throws InterruptedException when the waiting thread is interrupted; it was killed then
     */
    public GitRun run(StopSign stop, byte[] input, String... arguments)
            throws InterruptedException {
        stop.check();
        Process process = start(arguments);
        try {
            witness.accept(process.toHandle());
            var output = new PipeReader(process.getInputStream());
            var errors = new PipeReader(process.getErrorStream(), listener);
            Thread.ofVirtual().start(() -> write(input, process));
            await(process, stop, arguments[0]);
            return new GitRun(process.exitValue(), output.content(), errors.content());
        } finally {
            kill(process);
        }
    }

    private static void write(byte[] input, Process process) {
        try (OutputStream out = process.getOutputStream()) {
            out.write(input);
        } catch (IOException e) {
            LOG.debug("git did not read all of its input", e);
        }
    }

    private Process start(String... arguments) {
        List<String> command = new ArrayList<>(List.of("git"));
        command.addAll(List.of(arguments));
        var builder = new ProcessBuilder(command).directory(directory.toFile());
        Map<String, String> environment = builder.environment();
        LEADING_ASTRAY.forEach(environment::remove);
        environment.put("GIT_TERMINAL_PROMPT", "0");
        environment.put("GCM_INTERACTIVE", "never");
        // Asked for a password or an unknown host, ssh turns to this program and not to a terminal.
        environment.put("SSH_ASKPASS", "false");
        environment.put("SSH_ASKPASS_REQUIRE", "force");
        environment.putAll(variables);
        try {
            return builder.start();
        } catch (IOException e) {
            throw new GitFailure(
                    "The program git cannot be run: it is not on the PATH, or "
                            + directory
                            + " cannot be entered. Install it (Debian, Ubuntu: apt-get install git;"
                            + " macOS: xcode-select --install), or put it on the PATH.",
                    e);
        }
    }

    private void await(Process process, StopSign stop, String what) throws InterruptedException {
        long deadline = System.nanoTime() + limit.toNanos();
        while (!process.waitFor(LOOK_EVERY.toMillis(), TimeUnit.MILLISECONDS)) {
            stop.check();
            if (System.nanoTime() > deadline) {
                throw new GitFailure(
                        "'git "
                                + what
                                + "' took longer than "
                                + limit.toSeconds()
                                + " seconds and was stopped.");
            }
        }
    }

    private static void kill(Process process) {
        if (process.isAlive()) {
            kill(process.toHandle());
        }
    }

    /**
     * Ends a process and all that it has started, such as hooks.
     *
     * @param process the process
     */
    public static void kill(ProcessHandle process) {
        List<ProcessHandle> all = new ArrayList<>(process.descendants().toList());
        all.add(process);
        all.forEach(ProcessHandle::destroy);
        for (ProcessHandle each : all) {
            each.onExit().completeOnTimeout(each, MERCY.toMillis(), TimeUnit.MILLISECONDS).join();
            each.destroyForcibly();
        }
    }
}

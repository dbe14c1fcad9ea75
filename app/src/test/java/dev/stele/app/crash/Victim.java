package dev.stele.app.crash;

import dev.stele.app.Ids;
import dev.stele.app.Stele;
import dev.stele.app.approval.ApprovalPolicy.Standard;
import dev.stele.app.config.SteleHome;
import dev.stele.app.error.SteleException;
import dev.stele.contracts.ThreadId;
import dev.stele.contracts.TurnId;
import dev.stele.domain.port.DispatchResult;
import dev.stele.domain.port.DispatchResult.Accepted;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;

/**
 * A process that runs turns in some threads until it is killed, and prints a line for every command
 * that it was told is durable.
 */
final class Victim {
    private static final PrintStream OUT =
            new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);

    private final Stele stele;
    private final ThreadId threadId;
    private final Random random = new Random();

    private Victim(Stele stele, ThreadId threadId) {
        this.stele = stele;
        this.threadId = threadId;
    }

    /**
     * Runs turns for ever.
     *
     * @param arguments the home, and the ids of its threads
     */
    public static void main(String... arguments) throws InterruptedException {
        List<String> words = List.of(arguments);
        OUT.println("opening");
        var home = new SteleHome(Path.of(words.getFirst()));
        try (Stele stele = Stele.builder().home(home).approvals(Standard.ALL).open()) {
            OUT.println("open");
            List<Thread> loops =
                    words.stream()
                            .skip(1)
                            .map(id -> new Victim(stele, new ThreadId(id)))
                            .map(victim -> Thread.startVirtualThread(victim::run))
                            .toList();
            for (Thread loop : loops) {
                loop.join();
            }
        }
    }

    private void run() {
        try {
            while (true) {
                TurnId turnId = Ids.turn();
                send(new Promise.Started(Ids.command(), threadId, turnId));
                if (random.nextInt(4) == 0) {
                    LockSupport.parkNanos(random.nextLong(500_000_000));
                    send(new Promise.Interrupted(Ids.command(), threadId));
                }
                stele.await(threadId, turnId);
            }
        } catch (InterruptedException | SteleException e) {
            OUT.println("failed " + e);
        }
    }

    /** Sends a command, and prints it once it is accepted. */
    private void send(Promise promise) {
        DispatchResult answer = stele.dispatch(promise.envelope()).join();
        if (answer instanceof Accepted(var first, var last)) {
            OUT.println(promise.line() + " " + first + " " + last);
        }
    }
}

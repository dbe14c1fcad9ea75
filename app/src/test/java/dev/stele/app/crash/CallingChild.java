package dev.stele.app.crash;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.stele.app.engine.Engine;
import dev.stele.domain.port.DispatchResult;
import dev.stele.domain.port.DispatchResult.Accepted;
import java.io.BufferedReader;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * A process that many callers work in until it is killed. It makes itself ready first, so that it
 * is killed at its work, and prints each answer once it is told that it is durable.
 */
final class CallingChild {

    private static final PrintStream OUT =
            new PrintStream(new FileOutputStream(FileDescriptor.out), true, UTF_8);

    private CallingChild() {}

    /**
     * Works for ever.
     *
     * @param arguments a store to make itself ready with. The other store, and the first command of
     *     each caller, come by standard input when it is time
     */
    public static void main(String... arguments) throws IOException, InterruptedException {
        Path scratch = Path.of(arguments[0]);
        try (Engine engine = LogUnderTest.at(scratch).open()) {
            work(engine, new Caller(1), 1, 6);
        }
        Files.deleteIfExists(scratch);
        OUT.println("ready");
        String orders = new BufferedReader(new InputStreamReader(System.in, UTF_8)).readLine();
        if (orders == null) {
            return; // nobody wants it to work
        }
        List<String> words = List.of(orders.split(" "));
        try (Engine engine = LogUnderTest.at(Path.of(words.getFirst())).open()) {
            OUT.println("open");
            var callers = new ArrayList<Thread>();
            for (int i = 1; i < words.size(); i++) {
                var caller = new Caller(i);
                long first = Long.parseLong(words.get(i));
                callers.add(
                        Thread.startVirtualThread(
                                () -> work(engine, caller, first, Long.MAX_VALUE)));
            }
            for (Thread caller : callers) {
                caller.join();
            }
        }
    }

    private static void work(Engine engine, Caller caller, long first, long last) {
        for (long step = first; step <= last; step++) {
            String answer = Answers.told(caller, step, send(engine, caller, step));
            if (last == Long.MAX_VALUE) {
                OUT.println(answer);
            }
        }
    }

    /** The answer to a command. */
    static Accepted send(Engine engine, Caller caller, long step) {
        DispatchResult answer = post(engine, caller, step).join();
        if (answer instanceof Accepted accepted) {
            return accepted;
        }
        throw new IllegalStateException(caller + " at " + step + ": " + answer);
    }

    private static CompletableFuture<DispatchResult> post(Engine engine, Caller caller, long step) {
        if (!Caller.isAgents(step)) {
            return engine.dispatch(caller.envelope(step));
        }
        try {
            return engine.submit(caller.command(step));
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}

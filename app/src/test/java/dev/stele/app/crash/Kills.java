package dev.stele.app.crash;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.stele.app.engine.Engine;
import dev.stele.app.engine.Replay;
import dev.stele.app.engine.ReplayListener;
import dev.stele.app.jvm.ChildJvm;
import dev.stele.contracts.MessageContent.Text;
import dev.stele.contracts.Role;
import dev.stele.contracts.TurnId;
import dev.stele.domain.event.OrchestrationEvent.TurnEvent.MessageAppended;
import dev.stele.domain.event.OrchestrationEvent.TurnEvent.MessageChunkReceived;
import dev.stele.domain.event.StoredEvent;
import dev.stele.domain.model.OrchestrationReadModel;
import dev.stele.domain.port.DispatchResult.Accepted;
import dev.stele.domain.port.EventStore;
import dev.stele.domain.port.LogProgress;
import dev.stele.domain.port.LogVerification;
import dev.stele.domain.port.Receipt;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;

/**
 * Processes that append to a log by many callers, each killed at a random moment; after each kill
 * the log is proved. The next process goes on with the same log, until it is long and a new one is
 * begun.
 */
final class Kills implements AutoCloseable {

    private static final int CALLERS = 8;
    private static final int ROUNDS_A_LOG = 20;
    private static final int STARTED_AHEAD = 2;
    private static final long SHORT = Duration.ofMillis(40).toNanos();
    private static final long LONG = Duration.ofMillis(400).toNanos();

    private final Path folder;
    private final Random random;
    private final ChildJvm jvm;
    private final List<Caller> callers =
            IntStream.rangeClosed(1, CALLERS).mapToObj(Caller::new).toList();
    private final Queue<Process> ready = new ArrayDeque<>();
    private Answers answers = new Answers();
    private Path log = Path.of("");
    private int rounds;
    private int started;
    private long answered;
    private long unanswered;

    /**
     * Kills to come.
     *
     * @param folder for the logs
     * @param seed of the moments
     * @param jvm starts the processes
     */
    Kills(Path folder, long seed, ChildJvm jvm) {
        this.folder = folder;
        this.jvm = jvm;
        this.random = new Random(seed);
    }

    /** How many commands were answered before a kill, in all rounds. */
    long answered() {
        return answered;
    }

    /** How many commands had come through without an answer when their process was killed. */
    long unanswered() {
        return unanswered;
    }

    /** One process, its death, and the proof. */
    void round() throws IOException, InterruptedException {
        if (rounds % ROUNDS_A_LOG == 0) {
            deleteLogs();
            log = folder.resolve("log-" + rounds + ".db");
            answers = new Answers();
        }
        rounds++;
        answered += answers.hear(killed(next()));
        prove();
    }

    private void deleteLogs() throws IOException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "log-*")) {
            for (Path file : files) {
                Files.delete(file);
            }
        }
    }

    private Process next() throws IOException {
        while (ready.size() < STARTED_AHEAD) {
            ready.add(start());
        }
        Process next = ready.remove();
        ready.add(start());
        return next;
    }

    private Process start() throws IOException {
        started++;
        String scratch = folder.resolve("scratch-" + started % (STARTED_AHEAD + 2)).toString();
        return jvm.builder(CallingChild.class.getName(), scratch)
                .redirectError(folder.resolve("child.err").toFile())
                .start();
    }

    /** Lets a process work and kills it; what it has printed until then. */
    private String killed(Process child) throws IOException, InterruptedException {
        try (BufferedReader out = child.inputReader(UTF_8)) {
            if (!"ready".equals(out.readLine())) {
                throw new AssertionError(Files.readString(folder.resolve("child.err")));
            }
            var orders = new StringBuilder(log.toString());
            callers.forEach(caller -> orders.append(' ').append(answers.count(caller) + 1));
            child.getOutputStream().write(orders.append('\n').toString().getBytes(UTF_8));
            child.getOutputStream().flush();
            boolean whileOpening = random.nextInt(4) == 0;
            if (!whileOpening) {
                out.readLine();
            }
            LockSupport.parkNanos(random.nextLong(random.nextBoolean() ? SHORT : LONG));
            // The handle, since the process itself would close what is being read.
            child.toHandle().destroyForcibly();
            String rest = out.readAllAsString();
            if (child.waitFor() != 137) {
                throw new AssertionError(Files.readString(folder.resolve("child.err")));
            }
            return rest;
        } finally {
            child.destroyForcibly();
        }
    }

    private void prove() {
        LogUnderTest opened = LogUnderTest.at(log);
        try (Engine engine = opened.open()) {
            LogVerification verdict = opened.administration().verify(LogProgress.SILENT);
            require(verdict instanceof LogVerification.Sound, verdict);
            callers.forEach(caller -> requireAnswers(caller, opened.store(), engine));
            callers.forEach(caller -> repeatTheUnanswered(caller, engine));
            requireOrder(opened.store());
            OrchestrationReadModel replayed =
                    new Replay(opened.store(), 500)
                            .catchUp(OrchestrationReadModel.EMPTY, ReplayListener.SILENT);
            require(engine.model().equals(replayed), "the model is not that of a replay");
            require(
                    Arrays.equals(
                            opened.codec().encode(engine.model()), opened.codec().encode(replayed)),
                    "the model has other bytes than that of a replay");
        }
    }

    /** What was answered is there with its receipt, and is answered so again. */
    private void requireAnswers(Caller caller, EventStore store, Engine engine) {
        answers.of(caller)
                .forEach((step, answer) -> {
                    require(answer.lastSequence() <= store.head(), caller + " lost " + step);
                    if (!Caller.isAgents(step)) {
                        Receipt receipt = store.receipt(caller.commandId(step));
                        require(
                                receipt != null
                                        && receipt.outcome()
                                                .equals(
                                                        new Receipt.Outcome.Accepted(
                                                                answer.firstSequence(),
                                                                answer.lastSequence())),
                                caller + " has at " + step + " the receipt " + receipt);
                    }
                });
        long last = answers.count(caller);
        if (last > 0 && !Caller.isAgents(last)) {
            Accepted again = CallingChild.send(engine, caller, last);
            require(again.equals(answers.of(caller).get(last)), caller + " got " + again);
        }
    }

    /** Whether it came through or not: now it has, and is answered alike ever after. */
    private void repeatTheUnanswered(Caller caller, Engine engine) {
        long step = answers.count(caller) + 1;
        long before = engine.model().sequence();
        Accepted first = CallingChild.send(engine, caller, step);
        Accepted second = CallingChild.send(engine, caller, step);
        boolean agents = Caller.isAgents(step);
        require(agents || first.equals(second), caller + " got " + first + " and " + second);
        if (engine.model().sequence() == before) {
            unanswered++;
        }
        answers.add(caller, step, first);
    }

    /** Without a gap, and each caller's words once and in their order. */
    private void requireOrder(EventStore store) {
        Map<TurnId, StringBuilder> said = new HashMap<>();
        long place = 0;
        for (List<StoredEvent> page = store.read(0, 500);
                !page.isEmpty();
                page = store.read(place, 500)) {
            for (StoredEvent stored : page) {
                require(stored.sequence() == place + 1, "after " + place + " comes " + stored);
                place = stored.sequence();
                hear(stored, said);
            }
        }
        require(place == store.head(), "it ends at " + place + " and not at " + store.head());
        for (Caller caller : callers) {
            String words = said.getOrDefault(caller.turn(), new StringBuilder()).toString();
            require(
                    words.equals(caller.said(answers.count(caller))),
                    caller + " has said " + words);
            require(
                    store.providerMark(caller.turn()) == lastOfAgent(answers.count(caller)),
                    caller + " has the mark " + store.providerMark(caller.turn()));
        }
    }

    private static long lastOfAgent(long count) {
        return count < 4 ? 0 : count - count % 2;
    }

    private static void hear(StoredEvent stored, Map<TurnId, StringBuilder> said) {
        if (stored.event() instanceof MessageChunkReceived(var turn, _, var text)) {
            said.computeIfAbsent(turn, _ -> new StringBuilder()).append(text);
        } else if (stored.event()
                        instanceof MessageAppended(var turn, _, Role role, Text(var text), _, _)
                && role == Role.ASSISTANT) {
            said.computeIfAbsent(turn, _ -> new StringBuilder()).append(text);
        }
    }

    private static void require(boolean holds, Object otherwise) {
        if (!holds) {
            throw new AssertionError(otherwise.toString());
        }
    }

    @Override
    public void close() {
        ready.forEach(Process::destroyForcibly);
    }
}

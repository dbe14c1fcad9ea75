package dev.stele.app.bench;

import dev.stele.app.Stele;
import dev.stele.app.TurnResult;
import dev.stele.app.config.SteleHome;
import dev.stele.contracts.MessageContent.Text;
import dev.stele.domain.event.OrchestrationEvent.TurnEvent.MessageAppended;
import dev.stele.domain.event.OrchestrationEvent.TurnEvent.MessageChunkReceived;
import dev.stele.domain.event.StoredEvent;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.ToDoubleFunction;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * From a line of an agent on its pipe to the subscriber that hears of it after the durable commit:
 * real processes, the whole of Stele with its usual store. The agents say what the system's clock
 * shows, and the subscriber compares. Times count in syncs of the same disk, which a probe measures
 * before and after each round. Beside it stands the least that can be done with the same agents: a
 * thread for each reads its lines and commits each into a bare table.
 *
 * <p>The goal: half of the lines within 3 syncs.
 */
final class PipeBenchmark {
    private static final int ROUNDS = 5;
    private static final int SAID = 2_000;
    private static final byte[] PAYLOAD = new byte[150];
    private static final Pattern TEXT = Pattern.compile(".*\"text\":\"(\\d+) \".*");

    private final Disk disk;
    private final Queue<Long> nanos = new ConcurrentLinkedQueue<>();

    private PipeBenchmark(Disk disk) {
        this.disk = disk;
    }

    /** So many agents, and how long each waits between two lines. */
    private record Load(int agents, int everyMicros) {}

    private record Round(double sync, List<Double> millis) {
        double percentile(int percent) {
            return millis.get(Math.min(millis.size() - 1, millis.size() * percent / 100));
        }
    }

    /**
     * Runs it.
     *
     * @param arguments how many rounds; else 5
     */
    public static void main(String[] arguments)
            throws IOException, SQLException, InterruptedException, ExecutionException {
        int rounds = arguments.length == 0 ? ROUNDS : Integer.parseInt(arguments[0]);
        try (Disk disk = Disk.open()) {
            new PipeBenchmark(disk).run(rounds);
        }
    }

    private void run(int rounds)
            throws IOException, SQLException, InterruptedException, ExecutionException {
        var home = new SteleHome(Files.createDirectories(disk.file("home").toAbsolutePath()));
        try (Stele stele = Stele.builder().home(home).subscriber("clock", this::hear).open();
                var table = new CommitPerCommand(disk.file("bare.db"), Duration.ZERO);
                ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Load load :
                    List.of(new Load(1, 10_000), new Load(1, 1_000), new Load(16, 20_000))) {
                var bare = new ArrayList<Round>();
                var ours = new ArrayList<Round>();
                for (int round = 0; round <= rounds; round++) {
                    bare.add(measured(load, callers, _ -> runBare(table, load)));
                    ours.add(measured(load, callers, agent -> runStele(stele, agent, load)));
                }
                print("bare", load, bare);
                print("Stele", load, ours);
            }
        }
    }

    /** What one agent does until it has said all. */
    private interface Turn {
        void run(int agent) throws IOException, InterruptedException;
    }

    private Round measured(Load load, ExecutorService callers, Turn turn)
            throws IOException, InterruptedException, ExecutionException {
        double before = disk.syncMillis();
        nanos.clear();
        var turns = new ArrayList<Future<?>>();
        for (int i = 0; i < load.agents(); i++) {
            int agent = i;
            turns.add(
                    callers.submit(() -> {
                        turn.run(agent);
                        return agent;
                    }));
        }
        for (Future<?> each : turns) {
            each.get();
        }
        double sync = (before + disk.syncMillis()) / 2;
        List<Double> millis = nanos.stream().map(each -> each / 1e6).sorted().toList();
        return new Round(sync, millis);
    }

    private void runStele(Stele stele, int agent, Load load)
            throws IOException, InterruptedException {
        Path project = Files.createDirectories(disk.file("project-" + agent).toAbsolutePath());
        String shown =
                command(load).stream().map("'%s'"::formatted).collect(Collectors.joining(" "));
        TurnResult result = stele.run(project, shown, "Say the time.");
        if (!result.isCompleted()) {
            throw new IllegalStateException(result.state().toString());
        }
    }

    private void runBare(CommitPerCommand table, Load load) throws IOException {
        Process process = new ProcessBuilder(command(load)).start();
        try (var in = process.inputReader(StandardCharsets.UTF_8);
                var out = process.outputWriter(StandardCharsets.UTF_8)) {
            out.write("{\"id\":0,\"method\":\"session/prompt\"}\n");
            out.flush();
            in.lines()
                    .takeWhile(line -> line.contains("session/update"))
                    .forEach(line -> {
                        table.append(PAYLOAD);
                        note(TEXT.matcher(line).replaceFirst("$1"));
                    });
        }
    }

    private static List<String> command(Load load) {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                ClockAgent.class.getName(),
                Integer.toString(SAID / load.agents()),
                Integer.toString(load.everyMicros()));
    }

    /** Adjacent pieces may have become one fact: the time of each counts. */
    private void hear(StoredEvent stored) {
        switch (stored.event()) {
            case MessageChunkReceived chunk -> note(chunk.text());
            case MessageAppended appended when appended.content() instanceof Text(var said) ->
                    note(said);
            default -> {}
        }
    }

    private void note(String said) {
        long now = System.nanoTime();
        for (String clock : said.split(" ", -1)) {
            if (!clock.isEmpty() && clock.chars().allMatch(Character::isDigit)) {
                nanos.add(now - Long.parseLong(clock));
            }
        }
    }

    private static void print(String name, Load load, List<Round> all) {
        List<Round> rounds = all.subList(1, all.size()); // the first warms up
        System.out.printf(
                Locale.ROOT,
                "%2d agents, a line every %2d ms, %-5s: a sync takes %.3f ms; p50 %.3f ms = %.1f"
                        + " syncs, p99 %.2f ms%n",
                load.agents(),
                load.everyMicros() / 1_000,
                name,
                median(rounds, Round::sync),
                median(rounds, round -> round.percentile(50)),
                median(rounds, round -> round.percentile(50) / round.sync()),
                median(rounds, round -> round.percentile(99)));
    }

    private static double median(List<Round> rounds, ToDoubleFunction<Round> figure) {
        double[] sorted = rounds.stream().mapToDouble(figure).sorted().toArray();
        return sorted[sorted.length / 2];
    }
}

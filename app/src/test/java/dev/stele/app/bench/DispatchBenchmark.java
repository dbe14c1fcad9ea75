package dev.stele.app.bench;

import dev.stele.app.Ids;
import dev.stele.app.engine.Engine;
import dev.stele.app.support.Commands;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.LongConsumer;
import java.util.function.ToDoubleFunction;

/**
 * Durable dispatch against bare JDBC, in turns on the same disk: one commit a command, and one
 * commit for all that came together. Figures are medians of rounds; times also count in syncs,
 * which a probe measures before each round. The second half pretends that every sync takes two
 * milliseconds longer, for the bare table and for Stele alike, as one does on most disks.
 *
 * <p>The goals: 256 callers at least 40 times one commit a command, half of the answers within 3
 * syncs; one caller at most 1.2 times a bare insert and commit.
 */
final class DispatchBenchmark {
    private static final Duration TIME = Duration.ofSeconds(2);
    private static final Duration WARM_UP = Duration.ofSeconds(6);
    private static final Duration SLOWER = Duration.ofMillis(2);
    private static final int ROUNDS = 5;
    private static final byte[] PAYLOAD = new byte[300];
    private static final String NAME = "x".repeat(130);

    private final int callers;
    private final Duration slower;
    private final List<Double> syncs = new ArrayList<>();

    private DispatchBenchmark(int callers, Duration slower) {
        this.callers = callers;
        this.slower = slower;
    }

    /** One way to make commands durable, and what its rounds came to. */
    private record Contender(String name, LongConsumer call, List<Round> rounds) {
        Contender(String name, LongConsumer call) {
            this(name, call, new ArrayList<>());
        }

        double median(ToDoubleFunction<Round> figure) {
            return DispatchBenchmark.median(rounds.stream().map(figure::applyAsDouble).toList());
        }

        double perSecond() {
            return median(round -> round.race().perSecond());
        }

        double p50() {
            return median(round -> round.race().percentile(50));
        }
    }

    private record Round(Race.Result race, double processor, double writer) {}

    /**
     * Runs it.
     *
     * @param arguments how many rounds; else 5
     */
    public static void main(String[] arguments)
            throws IOException, SQLException, InterruptedException {
        int rounds = arguments.length == 0 ? ROUNDS : Integer.parseInt(arguments[0]);
        for (Duration slower : List.of(Duration.ZERO, SLOWER)) {
            for (int callers : List.of(256, 16, 1)) { // the first one also warms up
                new DispatchBenchmark(callers, slower).run(rounds);
            }
        }
    }

    private void run(int rounds) throws IOException, SQLException, InterruptedException {
        try (Disk disk = Disk.open();
                var each = new CommitPerCommand(disk.file("each.db"), slower);
                var drain = new CommitPerDrain(new BareTable(disk.file("drain.db"), slower));
                Engine engine = DurableEngine.open(disk.file("stele.db"), slower)) {
            List<Contender> contenders =
                    List.of(
                            new Contender("bare, a commit each", _ -> each.append(PAYLOAD)),
                            new Contender("bare, group commit", _ -> drain.append(PAYLOAD)),
                            new Contender("Stele", _ -> rename(engine)));
            for (int round = 0; round <= rounds; round++) {
                double sync = disk.syncMillis();
                for (Contender contender : contenders) {
                    Round result = race(contender, round == 0 ? WARM_UP : TIME);
                    if (round > 0) {
                        contender.rounds().add(result);
                    }
                }
                syncs.add(sync + slower.toMillis());
            }
            print(contenders);
        }
    }

    private Round race(Contender contender, Duration time) throws InterruptedException {
        double processor = Processor.ofProcess();
        double writer = Processor.ofWriter();
        Race.Result race = Race.run(callers, time, contender.call());
        return new Round(
                race,
                (Processor.ofProcess() - processor) / race.calls(),
                (Processor.ofWriter() - writer) / race.calls());
    }

    /** Under an id as doors make it. */
    private static void rename(Engine engine) {
        String id = Ids.command().value();
        DurableEngine.dispatch(engine, Commands.as(id, Commands.rename(NAME + id)));
    }

    private void print(List<Contender> contenders) {
        double sync = median(syncs);
        System.out.printf(
                Locale.ROOT,
                "%n%d callers, a sync takes %.2f ms%s%n",
                callers,
                sync,
                slower.isZero() ? "" : ", of which " + slower.toMillis() + " are pretended");
        Contender plain = contenders.getFirst();
        for (Contender contender : contenders) {
            System.out.printf(
                    Locale.ROOT,
                    "%-20s %7.0f/s = %5.1f times; p50 %8.3f ms = %6.1f syncs (%.2f of a commit"
                            + " each), p99 %8.2f ms; processor %6.1f us a command, writer %.1f%n",
                    contender.name(),
                    contender.perSecond(),
                    contender.perSecond() / plain.perSecond(),
                    contender.p50(),
                    contender.p50() / sync,
                    contender.p50() / plain.p50(),
                    contender.median(round -> round.race().percentile(99)),
                    contender.median(Round::processor),
                    contender.median(Round::writer));
        }
    }

    private static double median(List<Double> figures) {
        return figures.stream().sorted().toList().get(figures.size() / 2);
    }
}

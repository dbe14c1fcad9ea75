package dev.stele.app.bench;

import dev.stele.app.Ids;
import dev.stele.app.engine.Engine;
import dev.stele.app.support.Commands;
import dev.stele.app.support.SharedEngine;
import dev.stele.domain.command.OrchestrationCommand;
import dev.stele.domain.port.DispatchResult;
import dev.stele.domain.port.DispatchResult.Accepted;
import dev.stele.persistence.server.PostgresServer;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.function.LongConsumer;
import java.util.function.ToDoubleFunction;

/**
 * Durable dispatch on PostgreSQL against bare JDBC on the same server, in turns: one commit a
 * command, numbered by a sequence (with gaps) or by a row that counts, and one commit for all that
 * came together. The node that writes is measured alone, with ids in no order (which it has to ask
 * the server for), and with three others that follow it. Of those it is told how long after the
 * writer's answer a fact has come to a subscriber of theirs.
 *
 * <p>Figures are medians of rounds, and of the quotients within each round. Processor time is that
 * of a command, once of this program with its callers and once of the server.
 */
public final class PostgresBenchmark {
    private static final Duration TIME = Duration.ofSeconds(1);
    private static final Duration WARM_UP = Duration.ofSeconds(4);
    private static final int ROUNDS = 7;
    private static final int FOLLOWERS = 3;
    private static final byte[] PAYLOAD = new byte[300];
    private static final String NAME = "x".repeat(130);

    private final int callers;
    private final List<Contender> contenders;
    private final Followers followers;
    private final List<Double> halfOfLags = new ArrayList<>();
    private final List<Double> mostLags = new ArrayList<>();

    private record Round(Race.Result race, double program, double server) {}

    private record Contender(String name, LongConsumer call, List<Round> rounds) {
        Contender(String name, LongConsumer call) {
            this(name, call, new ArrayList<>());
        }

        double median(ToDoubleFunction<Round> figure) {
            return PostgresBenchmark.median(rounds.stream().map(figure::applyAsDouble).toList());
        }

        /** How many times as much as another one, in the same rounds. */
        double times(Contender other) {
            var quotients = new ArrayList<Double>();
            for (int i = 0; i < rounds.size(); i++) {
                quotients.add(
                        rounds.get(i).race().perSecond() / other.rounds.get(i).race().perSecond());
            }
            return PostgresBenchmark.median(quotients);
        }
    }

    private PostgresBenchmark(int callers, List<Contender> contenders, Followers followers) {
        this.callers = callers;
        this.contenders = contenders;
        this.followers = followers;
    }

    /**
     * Runs it.
     *
     * @param arguments how many rounds; else 7
     */
    public static void main(String[] arguments) throws Exception {
        int rounds = arguments.length == 0 ? ROUNDS : Integer.parseInt(arguments[0]);
        for (int callers : List.of(256, 16, 1)) { // the first one also warms up
            try (PostgresServer server = PostgresServer.startOwn()) {
                run(server, callers, rounds);
            }
        }
        System.exit(0);
    }

    private static void run(PostgresServer server, int callers, int rounds)
            throws SQLException, InterruptedException {
        String log = server.newLog();
        try (var tables = new PostgresTables(server);
                var drain = new CommitPerDrain(tables.many());
                Engine alone = opened(server.newLog());
                Engine foreign = opened(server.newLog());
                Engine followed = opened(log);
                var followers = new Followers(log, FOLLOWERS)) {
            List<Contender> contenders =
                    List.of(
                            new Contender("bare, a commit each", _ -> tables.insert(PAYLOAD)),
                            new Contender("the same, counted", _ -> tables.insertCounted(PAYLOAD)),
                            new Contender("bare, group commit", _ -> drain.append(PAYLOAD)),
                            new Contender("Stele", _ -> rename(alone, Ids.command().value())),
                            new Contender(
                                    "Stele, ids in no order",
                                    _ -> rename(foreign, UUID.randomUUID().toString())),
                            new Contender(
                                    "Stele, 3 followers",
                                    _ ->
                                            followers.answered(
                                                    rename(followed, Ids.command().value()))));
            new PostgresBenchmark(callers, contenders, followers).run(rounds);
        }
    }

    private static Engine opened(String address) {
        Engine engine = SharedEngine.openToWrite(address, null);
        dispatch(engine, "0-project", Commands.project(1));
        return engine;
    }

    private static long rename(Engine engine, String id) {
        return dispatch(engine, id, Commands.rename(NAME + id));
    }

    /** The place of the last fact. */
    private static long dispatch(Engine engine, String id, OrchestrationCommand command) {
        DispatchResult answer = engine.dispatch(Commands.as(id, command)).join();
        if (answer instanceof Accepted(_, var last)) {
            return last;
        }
        throw new IllegalStateException(answer.toString());
    }

    private void run(int rounds) throws InterruptedException {
        for (int round = 0; round <= rounds; round++) {
            followers.clear();
            for (Contender contender : contenders) {
                Round result = race(contender, round == 0 ? WARM_UP : TIME);
                if (round > 0) {
                    contender.rounds().add(result);
                }
            }
            if (round > 0) {
                halfOfLags.add(followers.lag(50));
                mostLags.add(followers.lag(99));
            }
        }
        print();
    }

    private Round race(Contender contender, Duration time) throws InterruptedException {
        double program = Processor.ofProcess();
        double server = Processor.ofServers();
        Race.Result race = Race.run(callers, time, contender.call());
        return new Round(
                race,
                (Processor.ofProcess() - program) / race.calls(),
                (Processor.ofServers() - server) / race.calls());
    }

    private void print() {
        System.out.printf("%n%d callers%n", callers);
        for (Contender contender : contenders) {
            double p50 = contender.median(round -> round.race().percentile(50));
            System.out.printf(
                    Locale.ROOT,
                    "%-24s %7.0f/s = %5.2f times, %5.2f times counted; p50 %7.2f ms = %5.2f of a"
                            + " commit each, p99 %8.2f ms; processor %6.1f us, server's %6.1f%n",
                    contender.name(),
                    contender.median(round -> round.race().perSecond()),
                    contender.times(contenders.get(0)),
                    contender.times(contenders.get(1)),
                    p50,
                    p50 / contenders.getFirst().median(round -> round.race().percentile(50)),
                    contender.median(round -> round.race().percentile(99)),
                    contender.median(Round::program),
                    contender.median(Round::server));
        }
        System.out.printf(
                Locale.ROOT,
                "a follower's subscriber has a fact %.2f ms (p50) and %.2f ms (p99) after the"
                        + " writer's answer%n",
                median(halfOfLags),
                median(mostLags));
    }

    private static double median(List<Double> values) {
        List<Double> sorted = values.stream().sorted().toList();
        return sorted.get(sorted.size() / 2);
    }
}

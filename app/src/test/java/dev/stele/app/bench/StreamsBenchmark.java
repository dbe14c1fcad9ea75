package dev.stele.app.bench;

import com.google.inject.Module;
import com.google.inject.multibindings.Multibinder;
import dev.stele.app.Adapter;
import dev.stele.app.Stele;
import dev.stele.app.config.SteleHome;
import dev.stele.app.server.ServerSettings;
import dev.stele.app.server.SteleServer;
import dev.stele.app.support.Commands;
import dev.stele.contracts.MessageContent;
import dev.stele.contracts.ProviderEvent;
import dev.stele.contracts.ThreadId;
import dev.stele.contracts.TurnId;
import dev.stele.domain.command.OrchestrationCommand;
import dev.stele.domain.command.OrchestrationCommand.IngestProviderEvent;
import dev.stele.domain.command.OrchestrationCommand.StartTurn;
import dev.stele.domain.port.AgentDirectory;
import dev.stele.domain.port.Reactor;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.function.IntFunction;

/**
 * What streams of events cost the writer: its throughput with 500 clients and with none, in turns;
 * and how long a piece of an answer takes to a client. The clients run in the same process, on one
 * thread.
 *
 * <p>The goals: at most a tenth of the throughput, and 100 ms.
 */
final class StreamsBenchmark {
    private static final int STREAMS = 500;
    private static final int CALLERS = 64;
    private static final int PIECES = 200;
    private static final Duration TIME = Duration.ofSeconds(4);
    private static final Module NOBODY = binder -> Multibinder.newSetBinder(binder, Reactor.class);

    private final Stele stele;
    private final SteleServer server;
    private final AtomicLongArray said = new AtomicLongArray(STREAMS);

    private StreamsBenchmark(Stele stele, SteleServer server) {
        this.stele = stele;
        this.server = server;
    }

    /**
     * Runs it.
     *
     * @param arguments how many rounds; else 3
     */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        int rounds = arguments.length == 0 ? 3 : Integer.parseInt(arguments[0]);
        try (Disk disk = Disk.open()) {
            Stele.Builder builder =
                    Stele.builder()
                            .home(new SteleHome(disk.file("home")))
                            .install(Adapter.PROVIDER, NOBODY)
                            .install(Adapter.GIT, NOBODY);
            try (Stele stele = builder.open();
                    SteleServer server =
                            SteleServer.open(
                                    new SteleServer.Parts(
                                            stele, new NoAgents(), builder.administration()),
                                    ServerSettings.USUAL.withPort(0))) {
                new StreamsBenchmark(stele, server).run(rounds);
            }
        }
    }

    private record NoAgents() implements AgentDirectory {
        @Override
        public List<Listing> known() {
            return List.of();
        }

        @Override
        public Answer ask(String name) {
            return new Answer.Unusable("there is none");
        }
    }

    private void run(int rounds) throws IOException, InterruptedException {
        begin();
        race(); // warms up
        List<Round> none = new ArrayList<>();
        List<Round> own = new ArrayList<>();
        List<Round> all = new ArrayList<>();
        for (int round = 0; round < rounds; round++) {
            none.add(race());
            own.add(race(i -> "?thread=thread-" + i));
            none.add(race());
            all.add(race(_ -> ""));
        }
        print("no stream", none, none);
        print(STREAMS + " streams, each of its own thread", own, none);
        print(STREAMS + " streams of everything", all, none);
        lag(1);
        lag(STREAMS);
    }

    private void begin() {
        send(Commands.project(1));
        for (int i = 0; i < STREAMS; i++) {
            send(Commands.thread(i));
            List<MessageContent> prompt = List.of(new MessageContent.Text("Talk."));
            send(new StartTurn(turn(i), thread(i), prompt, Commands.AT));
        }
    }

    private static ThreadId thread(int number) {
        return new ThreadId("thread-" + number);
    }

    private static TurnId turn(int number) {
        return new TurnId("turn-" + number);
    }

    private void send(OrchestrationCommand command) {
        stele.execute(command);
    }

    /** Each caller speaks for some threads, so that nobody overtakes a piece. */
    private void say(long call) {
        int caller = (int) (call >>> 40);
        int share = STREAMS / CALLERS;
        say(caller * share + (int) (call % share));
    }

    private void say(int thread) {
        var piece = new ProviderEvent.TextDelta("a few words ", null);
        send(
                new IngestProviderEvent(
                        thread(thread),
                        turn(thread),
                        said.incrementAndGet(thread),
                        piece,
                        Commands.AT));
    }

    /**
     * What some seconds came to.
     *
     * @param perSecond commands a second
     * @param processor the processor's time for each, clients included, in microseconds
     */
    private record Round(double perSecond, double processor) {}

    private Round race() throws InterruptedException {
        double before = Processor.ofProcess();
        Race.Result race = Race.run(CALLERS, TIME, this::say);
        return new Round(race.perSecond(), (Processor.ofProcess() - before) / race.calls());
    }

    private Round race(IntFunction<String> query) throws IOException, InterruptedException {
        try (var _ = new StreamClients(server.entrance(), STREAMS, query)) {
            return race();
        }
    }

    private static void print(String what, List<Round> rounds, List<Round> plain) {
        double perSecond = median(rounds.stream().map(Round::perSecond).toList());
        double processor = median(rounds.stream().map(Round::processor).toList());
        System.out.printf(
                Locale.ROOT,
                "%-42s %6.0f commands a second, %.2f of none; processor %4.0f us a command, %.2f%n",
                what,
                perSecond,
                perSecond / median(plain.stream().map(Round::perSecond).toList()),
                processor,
                processor / median(plain.stream().map(Round::processor).toList()));
    }

    /** Twenty pieces a second, as an agent that talks. */
    private void lag(int streams) throws IOException, InterruptedException {
        try (var clients = new StreamClients(server.entrance(), streams, _ -> "")) {
            List<Double> millis = new ArrayList<>();
            for (int i = 0; i < PIECES; i++) {
                TimeUnit.MILLISECONDS.sleep(50);
                long before = System.nanoTime();
                say(0);
                clients.await(stele.model().sequence());
                millis.add((System.nanoTime() - before) / 1e6);
            }
            millis.sort(null);
            System.out.printf(
                    Locale.ROOT,
                    "a piece is at the last of %d clients after %.1f ms, p99 %.1f ms%n",
                    streams,
                    millis.get(PIECES / 2),
                    millis.get(PIECES * 99 / 100));
        }
    }

    private static double median(List<Double> figures) {
        return figures.stream().sorted().toList().get(figures.size() / 2);
    }
}

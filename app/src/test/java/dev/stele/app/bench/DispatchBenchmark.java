package dev.stele.app.bench;

import com.google.inject.Guice;
import com.google.inject.Injector;
import dev.stele.app.engine.Engine;
import dev.stele.app.engine.EngineSettings;
import dev.stele.app.engine.ReplayListener;
import dev.stele.app.support.Commands;
import dev.stele.domain.port.Codec;
import dev.stele.domain.port.DispatchResult.Accepted;
import dev.stele.domain.port.EventStore;
import dev.stele.persistence.PersistenceConfig;
import dev.stele.persistence.PersistenceModule;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Durable dispatch against one commit a command, in turns on the same disk. What JMH reports is the
 * time of one round of both; the figures that count are printed after the last round: medians, and
 * latencies also in syncs, since disks differ.
 */
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(1)
@Warmup(iterations = 2)
@Measurement(iterations = 5)
@State(Scope.Benchmark)
@SuppressWarnings("NullAway.Init") // JMH fills what setup does
public class DispatchBenchmark {
    private static final Duration TIME = Duration.ofSeconds(3);
    private static final int WARM_UPS = 2;

    /** How many callers wait for their own answers. */
    @Param({"1", "16", "256"})
    public int callers;

    private final List<Round> rounds = new ArrayList<>();
    private Disk disk;
    private CommitPerCommand plain;
    private Engine engine;
    private long round;

    private record Round(double sync, Race.Result plain, Race.Result engine) {}

    /** Opens both. */
    @Setup
    public void open() throws IOException, SQLException {
        disk = Disk.open();
        plain = new CommitPerCommand(disk.file("plain.db"));
        Injector injector =
                Guice.createInjector(
                        new PersistenceModule(PersistenceConfig.writing(disk.file("stele.db"))));
        engine =
                Engine.open(
                        new Engine.Parts(
                                injector.getInstance(EventStore.class),
                                injector.getInstance(Codec.class),
                                List::of,
                                InstantSource.system(),
                                List.of()),
                        EngineSettings.USUAL,
                        ReplayListener.SILENT);
        engine.dispatch(Commands.as("project", Commands.project(1))).join();
    }

    /** One round of both. */
    @Benchmark
    public void dispatch() throws IOException, InterruptedException {
        round++;
        byte[] payload = new byte[300];
        double sync = disk.syncMillis();
        Race.Result slow = Race.run(callers, TIME, _ -> plain.append(payload));
        Race.Result fast = Race.run(callers, TIME, this::rename);
        rounds.add(new Round(sync, slow, fast));
    }

    private void rename(long number) {
        String id = round + "-" + number;
        var answer = engine.dispatch(Commands.as(id, Commands.rename("x".repeat(150) + id))).join();
        if (!(answer instanceof Accepted)) {
            throw new IllegalStateException(answer.toString());
        }
    }

    /** Closes both, and tells what came of it. */
    @TearDown
    public void close() throws SQLException {
        engine.close();
        plain.close();
        disk.close();
        double sync = median(Round::sync);
        double slow = median(r -> r.plain().perSecond());
        double fast = median(r -> r.engine().perSecond());
        double p50 = median(r -> r.engine().percentile(50));
        double p99 = median(r -> r.engine().percentile(99));
        double plain50 = median(r -> r.plain().percentile(50));
        System.out.printf(
                Locale.ROOT,
                "%n%d callers: %.0f/s, one commit a command %.0f/s: %.1f times as many;"
                        + " p50 %.2f ms = %.1f syncs (one commit a command %.2f ms, %.2f of it),"
                        + " p99 %.2f ms = %.1f syncs; a sync takes %.2f ms%n",
                callers,
                fast,
                slow,
                fast / slow,
                p50,
                p50 / sync,
                plain50,
                p50 / plain50,
                p99,
                p99 / sync,
                sync);
    }

    private double median(ToDoubleFunction<Round> figure) {
        double[] sorted = rounds.stream().skip(WARM_UPS).mapToDouble(figure).sorted().toArray();
        return sorted[sorted.length / 2];
    }
}

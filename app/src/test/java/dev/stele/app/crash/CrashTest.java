package dev.stele.app.crash;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stele.app.Ids;
import dev.stele.app.Stele;
import dev.stele.app.SteleReader;
import dev.stele.app.approval.ApprovalPolicy.Standard;
import dev.stele.app.config.SteleHome;
import dev.stele.app.crash.Promise.Kept;
import dev.stele.app.jvm.ChildJvm;
import dev.stele.app.support.GitProject;
import dev.stele.app.support.Waiting;
import dev.stele.contracts.CheckpointId;
import dev.stele.contracts.ThreadId;
import dev.stele.contracts.TurnId;
import dev.stele.domain.command.OrchestrationCommand.CreateThread;
import dev.stele.domain.event.OrchestrationEvent;
import dev.stele.domain.event.OrchestrationEvent.TurnEvent.TurnCompleted;
import dev.stele.domain.event.OrchestrationEvent.TurnEvent.TurnDrained;
import dev.stele.domain.event.OrchestrationEvent.TurnEvent.TurnFailed;
import dev.stele.domain.event.OrchestrationEvent.TurnEvent.TurnStarted;
import dev.stele.domain.event.StoredEvent;
import dev.stele.domain.model.Checkpoint;
import dev.stele.domain.model.CheckpointState;
import dev.stele.domain.model.OrchestrationReadModel;
import dev.stele.domain.model.Turn;
import dev.stele.domain.port.DispatchResult.Accepted;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A process is killed at random moments, again and again on the same home; after each time
 * everything that it promised is kept. How often is set with {@code -Dstele.crash.rounds}, the
 * moments with {@code -Dstele.crash.seed}.
 */
@Timeout(value = 30, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class CrashTest {
    private static final int ROUNDS = Integer.getInteger("stele.crash.rounds", 12);
    private static final long SEED = Long.getLong("stele.crash.seed", 1L);
    private static final Duration LONG = Duration.ofMinutes(2);

    private final Path folder;
    private final SteleHome home;
    private final List<GitProject> projects = new ArrayList<>();
    private final List<ThreadId> threads = new ArrayList<>();
    private final Random random = new Random(SEED);

    CrashTest(@TempDir Path folder) throws IOException {
        this.folder = folder.toRealPath();
        this.home = new SteleHome(folder.resolve("home"));
        projects.add(GitProject.in(folder.resolve("one")));
        projects.add(GitProject.in(folder.resolve("two")));
    }

    @Test
    void whatever_the_moment_of_a_kill_everything_promised_is_kept() throws Exception {
        makeThreads();
        var kept = new ArrayList<Kept>();
        for (int round = 1; round <= ROUNDS; round++) {
            List<Kept> news = killed();
            kept.addAll(news);
            try {
                verify(news, kept);
            } catch (AssertionError | RuntimeException failure) {
                throw new AssertionError("round " + round + ", seed " + SEED, failure);
            }
        }
        assertThat(kept).as("promises in all rounds").hasSizeGreaterThan(ROUNDS);
    }

    /** Two threads share a directory, one has another. */
    private void makeThreads() throws IOException {
        Path script = folder.resolve("script.json");
        Files.writeString(
                script,
                """
                {"steps": [
                  {"say": "I begin, and I take my time. ", "chunk": 3, "everyMillis": 5},
                  {"append": "work.txt", "content": "line\\n"},
                  {"run": "echo more >> more.txt"},
                  {"say": "It is done, and I say so at length. ", "chunk": 3, "everyMillis": 5}
                ]}
                """);
        try (Stele stele = open()) {
            for (GitProject project :
                    List.of(projects.getFirst(), projects.getFirst(), projects.getLast())) {
                var command =
                        new CreateThread(
                                Ids.thread(),
                                stele.project(project.directory()),
                                "Thread",
                                "scripted:" + script,
                                Promise.AT);
                stele.execute(command);
                threads.add(command.threadId());
            }
        }
    }

    private Stele open() {
        return Stele.builder().home(home).approvals(Standard.ALL).open();
    }

    /** Runs a victim and kills it; what it had promised until then. */
    private List<Kept> killed() throws IOException, InterruptedException {
        var command =
                new ArrayList<>(
                        ChildJvm.shared().words(Victim.class.getName(), home.root().toString()));
        threads.forEach(thread -> command.add(thread.value()));
        Process victim =
                new ProcessBuilder(command)
                        .redirectError(folder.resolve("victim.err").toFile())
                        .start();
        boolean early = random.nextInt(4) == 0;
        long moment = random.nextLong(early ? 1_500 : 4_000);
        var lines = new ArrayList<String>();
        try (BufferedReader out = victim.inputReader(StandardCharsets.UTF_8)) {
            awaitLine(out, early ? "opening" : "open");
            Thread killer =
                    Thread.startVirtualThread(() -> {
                        LockSupport.parkNanos(Duration.ofMillis(moment).toNanos());
                        // The handle, since the process itself would close what is being read.
                        victim.toHandle().destroyForcibly();
                    });
            for (String line = out.readLine(); line != null; line = out.readLine()) {
                lines.add(line);
            }
            killer.join();
        }
        assertThat(victim.waitFor()).as(errors()).isEqualTo(137);
        return lines.stream()
                .filter(line -> line.startsWith("started") || line.startsWith("interrupted"))
                .map(Kept::parse)
                .toList();
    }

    private void awaitLine(BufferedReader out, String wanted) throws IOException {
        String line = out.readLine();
        while (line != null && !line.equals(wanted)) {
            line = out.readLine();
        }
        assertThat(line).as(errors()).isNotNull();
    }

    private String errors() {
        try {
            return "victim: " + Files.readString(folder.resolve("victim.err"));
        } catch (IOException e) {
            return e.toString();
        }
    }

    private void verify(List<Kept> news, List<Kept> all) throws Exception {
        try (Stele stele = open()) {
            assertThat(news).allSatisfy(kept -> assertKept(stele, kept));
            assertThat(stele.drain(LONG)).as("all work comes to its end").isTrue();
            OrchestrationReadModel model = stele.model();
            assertThat(model.lanes().open()).as("lanes").isEmpty();
            assertThat(model.openOperations()).isEmpty();
            assertThat(model.turns().values()).allSatisfy(turn -> assertSettled(model, turn));
            List<OrchestrationEvent> log = log(stele);
            assertThat(started(log)).allSatisfy(turn -> assertThat(ends(log, turn)).hasSize(1));
            assertThat(started(log)).hasSizeGreaterThanOrEqualTo((int) starts(all));
            assertReplayIsEqual(stele);
            for (ThreadId thread : threads) {
                assertThat(stele.run(thread, "Once more.").isCompleted()).isTrue();
            }
        }
        Waiting.until("no agent is left", () -> agents().isEmpty());
    }

    private static long starts(List<Kept> kept) {
        return kept.stream().filter(one -> one.promise() instanceof Promise.Started).count();
    }

    private static void assertKept(Stele stele, Kept kept) {
        assertThat(stele.model().sequence()).isGreaterThanOrEqualTo(kept.last());
        assertThat(stele.dispatch(kept.promise().envelope()).join())
                .isEqualTo(new Accepted(kept.first(), kept.last()));
    }

    private void assertSettled(OrchestrationReadModel model, Turn turn) {
        assertThat(turn.state().isLive()).isFalse();
        assertThat(turn.pending()).isEmpty();
        for (CheckpointId id :
                List.of(CheckpointId.before(turn.id()), CheckpointId.after(turn.id()))) {
            Checkpoint checkpoint = Objects.requireNonNull(model.checkpoint(id), id.value());
            assertThat(checkpoint.state()).isInstanceOf(CheckpointState.Ready.class);
            String ref = ((CheckpointState.Ready) checkpoint.state()).gitRef();
            String directory = Objects.requireNonNull(model.directoryOf(turn.threadId()));
            assertThat(projectAt(directory).tree(ref)).containsKey("tracked.txt");
        }
    }

    private GitProject projectAt(String directory) {
        return projects.stream()
                .filter(project -> directory.endsWith(project.directory().getFileName().toString()))
                .findFirst()
                .orElseThrow();
    }

    private static List<OrchestrationEvent> log(Stele stele) throws InterruptedException {
        var events = new ArrayList<OrchestrationEvent>();
        try (var facts = stele.subscribe(0)) {
            while (facts.position() < stele.model().sequence()) {
                facts.next(LONG).stream().map(StoredEvent::event).forEach(events::add);
            }
        }
        return events;
    }

    private static List<TurnId> started(List<OrchestrationEvent> log) {
        return log.stream()
                .filter(TurnStarted.class::isInstance)
                .map(event -> ((TurnStarted) event).turnId())
                .toList();
    }

    /** The last words about a turn: an interrupt is none, since its agent still speaks. */
    private static List<OrchestrationEvent> ends(List<OrchestrationEvent> log, TurnId turnId) {
        return log.stream()
                .filter(event ->
                        switch (event) {
                            case TurnCompleted end -> end.turnId().equals(turnId);
                            case TurnFailed end -> end.turnId().equals(turnId);
                            case TurnDrained end -> end.turnId().equals(turnId);
                            case OrchestrationEvent _ -> false;
                        })
                .toList();
    }

    private void assertReplayIsEqual(Stele stele) {
        try (SteleReader reader = Stele.builder().home(home).openReadOnly()) {
            assertThat(reader.model()).isEqualTo(stele.model());
            assertThat(reader.codec().encode(reader.model()))
                    .isEqualTo(stele.codec().encode(stele.model()));
        }
    }

    /** Processes that play this test's script. */
    private List<String> agents() {
        String script = folder.resolve("script.json").toString();
        try (Stream<ProcessHandle> processes = ProcessHandle.allProcesses()) {
            return processes
                    .map(process -> process.info().commandLine().orElse(""))
                    .filter(line -> line.contains(script))
                    .toList();
        }
    }
}

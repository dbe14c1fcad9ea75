package dev.stele.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.inject.AbstractModule;
import dev.stele.app.approval.ApprovalPolicy.Standard;
import dev.stele.app.config.SteleHome;
import dev.stele.app.engine.NodeRole;
import dev.stele.app.error.SteleException;
import dev.stele.app.support.GitProject;
import dev.stele.app.support.Waiting;
import dev.stele.contracts.CheckpointId;
import dev.stele.contracts.ProjectId;
import dev.stele.contracts.ThreadId;
import dev.stele.contracts.TurnId;
import dev.stele.domain.command.DeciderError;
import dev.stele.domain.command.OrchestrationCommand.CreateThread;
import dev.stele.domain.command.OrchestrationCommand.RenameProject;
import dev.stele.domain.event.OrchestrationEvent.TurnEvent.TurnFailed;
import dev.stele.domain.event.StoredEvent;
import dev.stele.domain.model.Checkpoint;
import dev.stele.domain.port.EventStore;
import dev.stele.domain.tck.MemoryCluster;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Two whole nodes on one log, with real agents and git: each works on its own directories. */
@Timeout(value = 5, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class NodeAgentsTest {
    private static final Instant AT = Instant.parse("2026-03-01T09:30:00Z");

    /** Leases end when a test says so, since their clock stands still. */
    private final MemoryCluster cluster =
            new MemoryCluster(Duration.ofHours(1), InstantSource.fixed(AT));

    private final Path folder;
    private final GitProject project;
    private final List<Stele> open = new ArrayList<>();

    NodeAgentsTest(@TempDir Path folder) throws IOException {
        this.folder = folder.toRealPath();
        this.project = GitProject.in(this.folder.resolve("project"));
    }

    @AfterEach
    void close() {
        open.reversed().forEach(Stele::close);
    }

    private Stele open(String node) {
        EventStore store = cluster.open(node);
        Stele stele =
                Stele.builder()
                        .home(new SteleHome(folder.resolve("home-" + node)))
                        .approvals(Standard.ALL)
                        .install(
                                Adapter.STORE,
                                new AbstractModule() {
                                    @Override
                                    protected void configure() {
                                        bind(EventStore.class).toInstance(store);
                                    }
                                })
                        .open();
        open.add(stele);
        return stele;
    }

    private static void awaitWriting(Stele stele) {
        Waiting.until("it writes", () -> stele.role() instanceof NodeRole.Writing);
        Waiting.until("it takes commands", () -> takes(stele));
    }

    private static boolean takes(Stele stele) {
        try {
            stele.execute(new RenameProject(new ProjectId("probe"), "Probe"));
            return true;
        } catch (SteleException.Refused noSuchProject) {
            return true;
        } catch (SteleException.NotTheWriter notYet) {
            return false;
        }
    }

    /** An agent that leaves its process id, and then says nothing for a very long time. */
    private String silent() throws IOException {
        Path script = folder.resolve("silent.json");
        Files.writeString(
                script,
                """
                {"steps": [{"run": "echo $PPID > pid.tmp; mv pid.tmp pid; sleep 3600"}]}
                """);
        return "scripted:" + script;
    }

    private long agent() throws IOException {
        Path pid = project.directory().resolve("pid");
        Waiting.until("the agent works", () -> Files.exists(pid));
        return Long.parseLong(Files.readString(pid).strip());
    }

    private static boolean isGone(long pid) {
        return ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isEmpty();
    }

    private ThreadId thread(Stele stele, String agent) {
        var id = Ids.thread();
        ProjectId projectId = stele.project(project.directory());
        stele.execute(new CreateThread(id, projectId, "T", agent, AT));
        return id;
    }

    @Test
    void a_node_that_lost_the_lease_ends_its_agents_and_their_turns_end_once() throws Exception {
        Stele first = open("first");
        ThreadId thread = thread(first, silent());
        TurnId turn = new TurnRunner(first).start(thread, "Go.");
        long agent = agent();
        Stele second = open("second");

        cluster.runOut();
        awaitWriting(second);
        assertThat(takes(first)).isFalse();
        Waiting.until("its agent has ended", () -> isGone(agent));

        Waiting.until("it follows", () -> first.role() instanceof NodeRole.Following);
        Waiting.until("caught up", () -> first.model().sequence() == second.model().sequence());
        assertThat(failures(turn)).isEqualTo(1);
        assertThat(first.model().thread(thread)).isEqualTo(second.model().thread(thread));
    }

    @Test
    void who_waits_for_a_turn_is_told_when_its_node_writes_no_more() throws Exception {
        Stele first = open("first");
        ThreadId thread = thread(first, silent());
        TurnId turn = new TurnRunner(first).start(thread, "Go.");
        agent();
        Stele second = open("second");
        var waiting = new FutureTask<>(() -> second.await(thread, turn));
        Thread.ofVirtual().start(waiting);

        cluster.runOut();
        awaitWriting(second);
        assertThat(takes(first)).isFalse();

        assertThatThrownBy(() -> first.await(thread, turn))
                .isInstanceOf(SteleException.Unavailable.class)
                .hasMessageContaining("goes on when that node writes again");
        assertThatThrownBy(waiting::get).hasCauseInstanceOf(SteleException.Unavailable.class);
    }

    private long failures(TurnId turn) {
        return cluster.open("reader").read(0, 10_000).stream()
                .map(StoredEvent::event)
                .filter(event -> event instanceof TurnFailed failed && failed.turnId().equals(turn))
                .count();
    }

    @Test
    void work_that_waits_for_its_node_holds_up_nobody_and_is_done_when_that_writes_again()
            throws Exception {
        Stele first = open("first");
        ThreadId thread = thread(first, silent());
        TurnId turn = new TurnRunner(first).start(thread, "Go.");
        agent();
        Stele second = open("second");
        cluster.runOut();
        awaitWriting(second);
        assertThat(takes(first)).isFalse();

        ProjectId twin = second.project(project.directory());
        assertThat(twin).isNotEqualTo(second.model().threads().get(thread).get().projectId());
        assertThatThrownBy(() -> second.run(thread, "Again."))
                .isInstanceOfSatisfying(
                        SteleException.Refused.class,
                        refused ->
                                assertThat(refused.error())
                                        .isInstanceOf(DeciderError.ProjectElsewhere.class));
        assertThat(second.run(project.directory(), saying(), "Speak.").isCompleted()).isTrue();
        assertThat(second.drain(Duration.ofMinutes(2))).isTrue();
        assertThat(second.model().lanes().open()).hasSize(1);

        second.close();
        awaitWriting(first);
        Waiting.until("the checkpoint after the turn is taken", () -> isSettled(first, turn));
        assertThat(first.model().lanes().open()).isEmpty();
    }

    private static boolean isSettled(Stele stele, TurnId turn) {
        Checkpoint after = stele.model().checkpoint(CheckpointId.after(turn));
        return after != null && !after.isPending();
    }

    private String saying() throws IOException {
        Path script = folder.resolve("saying.json");
        Files.writeString(script, "{\"steps\": [{\"say\": \"Hello.\"}]}");
        return "scripted:" + script;
    }

    @Test
    void a_follower_says_who_writes() {
        open("first");
        Stele second = open("second");

        assertThatThrownBy(() -> second.project(project.directory()))
                .isInstanceOfSatisfying(
                        SteleException.NotTheWriter.class,
                        follower ->
                                assertThat(Objects.requireNonNull(follower.node()))
                                        .isEqualTo("first"))
                .hasMessageContaining("The node 'first' writes to the log");
    }
}

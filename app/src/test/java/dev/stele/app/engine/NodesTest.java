package dev.stele.app.engine;

import static dev.stele.app.support.Commands.as;
import static dev.stele.app.support.Commands.project;
import static dev.stele.app.support.Commands.rename;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stele.app.engine.NodeRole.Following;
import dev.stele.app.engine.NodeRole.Writing;
import dev.stele.app.support.Commands;
import dev.stele.app.support.FaultyStore;
import dev.stele.app.support.FaultyStore.Fault;
import dev.stele.app.support.PlainCodec;
import dev.stele.app.support.Waiting;
import dev.stele.contracts.CommandId;
import dev.stele.contracts.MessageContent;
import dev.stele.contracts.ProjectId;
import dev.stele.contracts.ThreadId;
import dev.stele.contracts.TurnId;
import dev.stele.domain.command.DeciderError;
import dev.stele.domain.command.OrchestrationCommand.CreateProject;
import dev.stele.domain.command.OrchestrationCommand.CreateThread;
import dev.stele.domain.command.OrchestrationCommand.LogCommand.AcceptLogLoss;
import dev.stele.domain.command.OrchestrationCommand.StartTurn;
import dev.stele.domain.event.OrchestrationEvent;
import dev.stele.domain.event.OrchestrationEvent.LogEvent.WriterChanged;
import dev.stele.domain.event.OrchestrationEvent.ProjectEvent.ProjectCreated;
import dev.stele.domain.event.OrchestrationEvent.TurnEvent.TurnFailed;
import dev.stele.domain.event.StoredEvent;
import dev.stele.domain.port.DispatchResult;
import dev.stele.domain.port.DispatchResult.Accepted;
import dev.stele.domain.port.DispatchResult.NotTheWriter;
import dev.stele.domain.port.DispatchResult.Rejected;
import dev.stele.domain.port.DispatchResult.Unavailable;
import dev.stele.domain.port.EventFeed;
import dev.stele.domain.port.EventStore;
import dev.stele.domain.port.LeaseState;
import dev.stele.domain.port.StoreException;
import dev.stele.domain.tck.MemoryCluster;
import dev.stele.domain.tck.PassThroughLease;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Several engines on one log: one writes, the others follow and take over. */
@Timeout(value = 5, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class NodesTest {
    private static final Instant AT = Commands.AT;

    /** Leases end when a test says so, since their clock stands still. */
    private final MemoryCluster cluster =
            new MemoryCluster(Duration.ofHours(1), InstantSource.fixed(AT));

    private final List<String> diary = Collections.synchronizedList(new ArrayList<>());
    private final List<Engine> open = new ArrayList<>();

    @AfterEach
    void close() {
        open.reversed().forEach(Engine::close);
    }

    private Engine open(String node) {
        return open(node, cluster.open(node));
    }

    private Engine open(String node, EventStore store) {
        Engine engine =
                Engine.open(
                        new Engine.Parts(
                                store,
                                new PlainCodec(),
                                () -> List.of(new DiaryReactor(node, diary)),
                                InstantSource.system(),
                                List.of()),
                        EngineSettings.USUAL,
                        ReplayListener.SILENT);
        open.add(engine);
        return engine;
    }

    private static DispatchResult send(Engine engine, String id, int name) {
        return Rig.answer(engine.dispatch(as(id, rename("N" + name))));
    }

    private static void awaitWriting(Engine engine) {
        Waiting.until("it writes", () -> engine.role() instanceof Writing);
        Waiting.until("it takes commands", () -> takes(engine));
    }

    private static boolean takes(Engine engine) {
        var probe = Rig.answer(engine.dispatch(as("probe", rename("Probe"))));
        return !(probe instanceof NotTheWriter);
    }

    private static Engine awaitAnyWriting(Engine one, Engine other) {
        Waiting.until("one takes commands", () -> takes(one) || takes(other));
        return takes(one) ? one : other;
    }

    private static void awaitFollowing(Engine engine) {
        Waiting.until("it follows", () -> engine.role() instanceof Following);
    }

    private List<OrchestrationEvent> log() {
        return cluster.open("reader").read(0, 1_000).stream().map(StoredEvent::event).toList();
    }

    @Test
    void who_comes_first_writes_and_others_follow() {
        Engine first = open("first");
        Engine second = open("second");

        assertThat(first.role()).isEqualTo(new Writing("first", 1));
        assertThat(second.role()).isEqualTo(new Following("second", "first"));
        assertThat(log()).hasExactlyElementsOfTypes(WriterChanged.class);
        assertThat(diary).containsExactly("first starts");
    }

    @Test
    void a_follower_sees_what_the_writer_writes_and_tells_it_on() throws Exception {
        Engine first = open("first");
        Engine second = open("second");
        try (var told = second.subscribe(second.model().sequence())) {
            assertThat(Rig.answer(first.dispatch(as("c-1", project(1)))))
                    .isInstanceOf(Accepted.class);

            assertThat(told.next(Duration.ofSeconds(60))).hasSize(1);
            assertThat(second.model()).isEqualTo(first.model());
        }
    }

    @Test
    void a_follower_names_the_writer_and_leaves_no_receipt() throws Exception {
        Engine first = open("first");
        Engine second = open("second");

        var envelope = as("c-1", project(1));
        assertThat(Rig.answer(second.dispatch(envelope))).isEqualTo(new NotTheWriter("first"));
        assertThat(Rig.answer(second.submit(project(1)))).isEqualTo(new NotTheWriter("first"));

        assertThat(cluster.open("reader").receipt(new CommandId("c-1"))).isNull();
        assertThat(Rig.answer(first.dispatch(envelope))).isInstanceOf(Accepted.class);
        assertThat(second.drain(Duration.ofSeconds(60))).isTrue();
    }

    @Test
    void a_writer_that_closes_is_followed_at_once() {
        Engine first = open("first");
        Rig.answer(first.dispatch(as("c-1", project(1))));
        Engine second = open("second");

        first.close();
        awaitWriting(second);

        assertThat(second.role()).isEqualTo(new Writing("second", 2));
        assertThat(send(second, "c-2", 1)).isInstanceOf(Accepted.class);
        assertThat(Rig.answer(second.dispatch(as("c-1", project(1)))))
                .isEqualTo(new Accepted(2, 2));
        assertThat(diary).containsExactly("first starts", "first closes", "second starts");
        assertThat(send(first, "c-3", 1))
                .isInstanceOfSatisfying(
                        Unavailable.class, answer -> assertThat(answer.why()).contains("closed"));
    }

    @Test
    void a_follower_that_closes_leaves_the_writer_alone() {
        Engine first = open("first");
        Engine second = open("second");

        second.close();

        assertThat(Rig.answer(first.dispatch(as("c-1", project(1))))).isInstanceOf(Accepted.class);
        assertThat(first.role()).isEqualTo(new Writing("first", 1));
    }

    @Test
    void a_writer_whose_lease_ran_out_writes_nothing_more_and_becomes_a_follower() {
        Engine first = open("first");
        Rig.answer(first.dispatch(as("c-1", project(1))));
        Engine second = open("second");

        cluster.runOut();
        awaitWriting(second);
        assertThat(send(first, "late", 1)).isEqualTo(new NotTheWriter("second"));
        awaitFollowing(first);
        assertThat(send(second, "c-2", 2)).isInstanceOf(Accepted.class);

        Waiting.until("caught up", () -> first.model().equals(second.model()));
        Waiting.until("closed", () -> diary.contains("first closes"));
        assertThat(cluster.open("reader").receipt(new CommandId("late"))).isNull();
        assertThat(diary.stream().filter(line -> line.startsWith("second")))
                .containsExactly("second starts");
    }

    @Test
    void each_term_has_reactors_of_its_own() {
        Engine first = open("first");
        Rig.answer(first.dispatch(as("c-1", project(1))));

        for (int term = 2; term <= 4; term++) {
            cluster.runOut();
            assertThat(send(first, "late-" + term, term)).isInstanceOf(NotTheWriter.class);
            long token = term;
            Waiting.until("the next term", () -> first.role().equals(new Writing("first", token)));
            awaitWriting(first);
        }

        assertThat(diary)
                .containsExactly(
                        "first starts",
                        "first closes",
                        "first starts",
                        "first closes",
                        "first starts",
                        "first closes",
                        "first starts");
    }

    @Test
    void an_append_that_was_held_up_while_another_took_over_is_refused() {
        var store = new FaultyStore(cluster.open("first"));
        Engine first = open("first", store);
        Rig.answer(first.dispatch(as("c-1", project(1))));
        Engine second = open("second");
        var gate = store.holdNext();
        var held = new ArrayList<CompletableFuture<DispatchResult>>();
        held.add(first.dispatch(as("held", rename("Held"))));
        gate.awaitAppend();
        for (int i = 0; i < 20; i++) {
            held.add(first.dispatch(as("waits-" + i, rename("Waits"))));
        }

        cluster.runOut();
        awaitWriting(second);
        DispatchResult other = send(second, "c-2", 2);
        gate.open();

        assertThat(other).isInstanceOf(Accepted.class);
        for (var answer : held) {
            assertThat(Rig.answer(answer)).isInstanceOf(NotTheWriter.class);
        }
        assertThat(send(second, "held", 0)).isInstanceOf(Accepted.class);
        awaitFollowing(first);
        Waiting.until("caught up", () -> first.model().equals(second.model()));
        assertThat(Rig.replayed(cluster.open("reader"))).isEqualTo(second.model());
    }

    @Test
    void an_outcome_in_doubt_at_the_end_of_a_term_gets_one_answer_at_the_next_writer() {
        var store = new FaultyStore(cluster.open("first"));
        Engine first = open("first", store);
        Rig.answer(first.dispatch(as("c-1", project(1))));
        Engine second = open("second");
        var gate = store.holdNext();
        store.failNext(Fault.THROWS_AFTER);
        var held = first.dispatch(as("held", rename("Held")));
        gate.awaitAppend();
        var lost = first.dispatch(as("lost", rename("Lost")));

        gate.open();
        DispatchResult answer = Rig.answer(held);
        cluster.runOut();
        Engine writer = awaitAnyWriting(first, second);

        assertThat(answer).isInstanceOf(Accepted.class);
        assertThat(Rig.answer(writer.dispatch(as("held", rename("Held"))))).isEqualTo(answer);
        DispatchResult again = Rig.answer(writer.dispatch(as("lost", rename("Lost"))));
        assertThat(again).isInstanceOf(Accepted.class);
        assertThat(Rig.answer(lost))
                .isIn(again, new NotTheWriter("second"), new NotTheWriter(null));
    }

    @Test
    void an_append_that_failed_before_the_lease_was_lost_stays_in_doubt() {
        var store = new FaultyStore(cluster.open("first"));
        Engine first = open("first", store);
        Rig.answer(first.dispatch(as("c-1", project(1))));
        Engine second = open("second");
        var gate = store.holdNext();
        store.failNext(Fault.THROWS_BEFORE);
        var held = first.dispatch(as("held", rename("Held")));
        gate.awaitAppend();

        cluster.runOut();
        awaitWriting(second);
        gate.open();

        assertThat(Rig.answer(held))
                .isInstanceOfSatisfying(
                        Unavailable.class, answer -> assertThat(answer.why()).contains("same id"));
        assertThat(Rig.answer(second.dispatch(as("held", rename("Held")))))
                .isInstanceOf(Accepted.class);
    }

    @Test
    void a_lease_that_cannot_be_renewed_ends_the_term_while_it_still_holds() {
        var brief = new MemoryCluster(Duration.ofMillis(300), InstantSource.fixed(AT));
        var away = new AtomicBoolean();
        var renewals = new AtomicInteger();
        EventStore store = new FlakyLease(brief.open("first"), away, renewals);
        Engine first = open("first", store);
        Waiting.until("renewed", () -> renewals.get() > 3);
        assertThat(first.role()).isEqualTo(new Writing("first", 1));

        away.set(true);
        Waiting.until("its agents have ended", () -> diary.contains("first closes"));

        assertThat(Objects.requireNonNull(brief.open("second").lease()).take())
                .isInstanceOf(LeaseState.Elsewhere.class);
        assertThat(send(first, "c-1", 1)).isInstanceOf(NotTheWriter.class);
        away.set(false);
        awaitWriting(first);
    }

    @Test
    void reactors_see_the_work_of_their_own_node_alone() {
        var view = new ArrayList<Set<ProjectId>>();
        Engine first = open("first");
        make(first, "p-first", "first");
        make(first, "p-second", "second");
        make(first, "p-all", null);
        var feed = new NodeFeed(first, "second");
        view.add(projects(feed));
        start(first, "p-first", "t-first");
        view.add(projects(feed));

        assertThat(view).containsOnly(Set.of(new ProjectId("p-all"), new ProjectId("p-second")));
        assertThat(first.model().lanes().open()).hasSize(1);
        assertThat(feed.model().lanes().open()).isEmpty();
        assertThat(feed.model().sequence()).isEqualTo(first.model().sequence());
        assertThat(feed.model()).isSameAs(feed.model());
        start(first, "p-all", "t-all");
        assertThat(feed.model().lanes().open()).hasSize(1);
    }

    private static Set<ProjectId> projects(EventFeed feed) {
        return feed.model().projects().keySet().toJavaSet();
    }

    private static void make(Engine engine, String id, @Nullable String node) {
        var command = new CreateProject(new ProjectId(id), id, "/projects/" + id, node, AT);
        assertThat(Rig.answer(engine.dispatch(as(id, command)))).isInstanceOf(Accepted.class);
    }

    private static DispatchResult start(Engine engine, String project, String thread) {
        var threadId = new ThreadId(thread);
        Rig.answer(
                engine.dispatch(
                        as(
                                "c-" + thread,
                                new CreateThread(
                                        threadId, new ProjectId(project), "T", "none", AT))));
        var prompt = List.<MessageContent>of(new MessageContent.Text("Go."));
        return Rig.answer(
                engine.dispatch(
                        as(
                                "s-" + thread,
                                new StartTurn(new TurnId("u-" + thread), threadId, prompt, AT))));
    }

    @Test
    void open_turns_of_the_node_before_end_once_and_its_projects_wait_for_it() {
        Engine first = open("first");
        make(first, "p-first", "first");
        assertThat(start(first, "p-first", "t-1")).isInstanceOf(Accepted.class);
        Engine second = open("second");

        cluster.runOut();
        awaitWriting(second);

        assertThat(log().stream().filter(TurnFailed.class::isInstance)).hasSize(1);
        assertThat(start(second, "p-first", "t-2"))
                .isEqualTo(
                        new Rejected(
                                new DeciderError.ProjectElsewhere(
                                        new ProjectId("p-first"), "first")));
        send(first, "late", 1);
        awaitFollowing(first);
        second.close();
        awaitWriting(first);
        assertThat(start(first, "p-first", "t-3")).isInstanceOf(Accepted.class);
        assertThat(log().stream().filter(TurnFailed.class::isInstance)).hasSize(1);
    }

    @Test
    void a_node_whose_reactors_cannot_start_does_not_open_and_keeps_no_lease() {
        var parts =
                new Engine.Parts(
                        cluster.open("broken"),
                        new PlainCodec(),
                        () -> {
                            throw new IllegalStateException("no agent to be found");
                        },
                        InstantSource.system(),
                        List.of());

        assertThatThrownBy(() -> Engine.open(parts, EngineSettings.USUAL, ReplayListener.SILENT))
                .hasMessage("no agent to be found");

        assertThat(open("first").role()).isEqualTo(new Writing("first", 2));
    }

    @Test
    void a_node_that_cannot_write_at_once_opens_as_a_follower_and_tries_again() {
        var store = new FaultyStore(cluster.open("first"));
        store.failNext(Fault.THROWS_BEFORE, Fault.THROWS_BEFORE);

        Engine first = open("first", store);

        awaitWriting(first);
        assertThat(first.role()).isEqualTo(new Writing("first", 2));
    }

    @Test
    void a_node_that_begins_on_a_log_that_has_lost_something_only_looks_until_that_is_accepted()
            throws Exception {
        Engine first = open("first");
        assertThat(send(first, "c-1", 1)).isInstanceOf(Rejected.class);
        assertThat(Rig.answer(first.dispatch(as("c-2", project(1))))).isInstanceOf(Accepted.class);
        first.close();
        diary.clear();
        var store = new FaultyStore(cluster.open("second"));
        store.lose(2);

        Engine second = open("second", store);

        assertThat(second.role()).isEqualTo(new Writing("second", 2));
        assertThat(second.model().log().unreadable()).hasToString("TreeMap((2, it is torn))");
        assertThat(Rig.answer(second.dispatch(as("c-3", project(2)))))
                .isEqualTo(new Rejected(new DeciderError.LogUnreadable(2, 1)));
        assertThat(second.drain(Duration.ofSeconds(60))).isTrue();
        assertThat(diary).isEmpty();

        var accepted = new AcceptLogLoss(List.of(2L), "ada", AT);
        assertThat(Rig.answer(second.dispatch(as("c-4", accepted)))).isInstanceOf(Accepted.class);

        Waiting.until("its reactors work", () -> diary.contains("second starts"));
        assertThat(Rig.answer(second.dispatch(as("c-5", project(2))))).isInstanceOf(Accepted.class);
        assertThat(log()).last().isInstanceOf(ProjectCreated.class);
    }

    /** A store whose lease cannot be reached now and then. */
    private static final class FlakyLease extends PassThroughLease {
        private final AtomicBoolean away;
        private final AtomicInteger renewals;

        FlakyLease(EventStore store, AtomicBoolean away, AtomicInteger renewals) {
            super(store);
            this.away = away;
            this.renewals = renewals;
        }

        @Override
        public LeaseState take() {
            requireThere();
            renewals.incrementAndGet();
            return super.take();
        }

        @Override
        public void release() {
            requireThere();
            super.release();
        }

        private void requireThere() {
            if (away.get()) {
                throw new StoreException("The database cannot be reached.", null);
            }
        }
    }
}

package dev.stele.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.inject.AbstractModule;
import com.google.inject.multibindings.Multibinder;
import dev.stele.app.approval.ApprovalPolicy.Standard;
import dev.stele.app.config.SteleHome;
import dev.stele.app.engine.ReplayListener;
import dev.stele.app.error.SteleException;
import dev.stele.app.support.FakeWorld;
import dev.stele.app.support.FaultyStore;
import dev.stele.app.support.PlainCodec;
import dev.stele.app.support.Waiting;
import dev.stele.contracts.MessageContent;
import dev.stele.contracts.ProjectId;
import dev.stele.contracts.ThreadId;
import dev.stele.contracts.TurnId;
import dev.stele.domain.command.DeciderError;
import dev.stele.domain.command.OrchestrationCommand.CreateThread;
import dev.stele.domain.command.OrchestrationCommand.DeleteThread;
import dev.stele.domain.command.OrchestrationCommand.InterruptTurn;
import dev.stele.domain.model.CheckpointState;
import dev.stele.domain.model.OrchestrationReadModel;
import dev.stele.domain.model.ThreadStatus;
import dev.stele.domain.model.Turn;
import dev.stele.domain.model.TurnState;
import dev.stele.domain.port.Codec;
import dev.stele.domain.port.EventStore;
import dev.stele.domain.port.MessagePage;
import dev.stele.domain.port.Reactor;
import dev.stele.domain.port.StoreException;
import dev.stele.domain.tck.MemoryEventStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The facade, on a store in memory and a world that is not real. */
class SteleTest {
    private static final Instant AT = Instant.parse("2026-03-01T09:30:00Z");

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final MemoryEventStore store = new MemoryEventStore();
    private final Path folder;
    private final Stele stele;

    SteleTest(@TempDir Path folder) throws IOException {
        this.folder = folder;
        Files.createDirectory(folder.resolve("project"));
        stele = builder(() -> store).open();
    }

    @AfterEach
    void close() {
        stele.close();
        threads.close();
    }

    private Stele.Builder builder(Supplier<EventStore> newStore) {
        return Stele.builder()
                .home(new SteleHome(folder.resolve("home")))
                .install(Adapter.STORE, new FakeStore(newStore))
                .install(Adapter.PROVIDER, new Reactors(new FakeWorld()))
                .install(Adapter.GIT, new Reactors());
    }

    private Path project() {
        return folder.resolve("project");
    }

    /** What would be SQLite. */
    private static final class FakeStore extends AbstractModule {
        private final Supplier<EventStore> newStore;

        FakeStore(Supplier<EventStore> newStore) {
            this.newStore = newStore;
        }

        @Override
        protected void configure() {
            bind(EventStore.class).toProvider(newStore::get);
            bind(Codec.class).toInstance(new PlainCodec());
        }
    }

    /** What would be git and agents; the fake world is both. */
    private static final class Reactors extends AbstractModule {
        private final List<Reactor> reactors;

        Reactors(Reactor... reactors) {
            this.reactors = List.of(reactors);
        }

        @Override
        protected void configure() {
            var set = Multibinder.newSetBinder(binder(), Reactor.class);
            reactors.forEach(reactor -> set.addBinding().toInstance(reactor));
        }
    }

    @Test
    void a_turn_is_one_line() throws InterruptedException {
        TurnResult result = stele.run(project(), "an agent", "Do it.\nAll of it.");

        assertThat(result.isCompleted()).isTrue();
        assertThat(result.text()).isEqualTo("I did: Do it.\nAll of it.");
        assertThat(result.before().state()).isInstanceOf(CheckpointState.Ready.class);
        assertThat(result.after().state()).isInstanceOf(CheckpointState.Ready.class);
        var thread = Objects.requireNonNull(stele.model().thread(result.threadId()));
        assertThat(thread.title()).isEqualTo("Do it.");
        assertThat(thread.agent()).isEqualTo("an agent");
        assertThat(thread.status()).isEqualTo(new ThreadStatus.Idle());
        assertThat(Objects.requireNonNull(stele.model().project(result.projectId())).path())
                .isEqualTo(ProjectDirectory.resolve(project()));
    }

    @Test
    void a_directory_is_one_project_however_often_and_by_whatever_name() throws Exception {
        Path link = Files.createSymbolicLink(folder.resolve("link"), project());
        TurnResult first = stele.run(project(), "a", "One");
        TurnResult second = stele.run(link, "a", "Two");

        assertThat(second.projectId()).isEqualTo(first.projectId());
        assertThat(second.threadId()).isNotEqualTo(first.threadId());
        assertThat(stele.model().projects().size()).isEqualTo(1);
    }

    @Test
    void callers_who_meet_in_a_new_directory_share_its_project() throws Exception {
        Future<ProjectId> first = threads.submit(() -> stele.project(project()));
        Future<ProjectId> second = threads.submit(() -> stele.project(project()));

        assertThat(first.get()).isEqualTo(second.get());
    }

    @Test
    void a_thread_goes_on() throws InterruptedException {
        TurnResult first = stele.run(project(), "a", "One");
        TurnResult second = stele.run(first.threadId(), "Two");

        assertThat(second.threadId()).isEqualTo(first.threadId());
        assertThat(second.text()).isEqualTo("I did: Two");
    }

    @Test
    void a_policy_of_all_threads_answers_for_people() throws Exception {
        try (Stele open = other(Standard.ALL)) {
            assertThat(open.run(project(), "a", "ask").text()).isEqualTo("I did: approved");
        }
        try (Stele open = other(Standard.NONE)) {
            assertThat(open.run(project(), "a", "ask").text()).isEqualTo("I did: rejected");
        }
    }

    private Stele other(Standard policy) {
        return builder(MemoryEventStore::new).approvals(policy).open();
    }

    @Test
    void a_policy_of_one_thread_answers_for_people() throws Exception {
        ThreadId threadId = stele.run(project(), "a", "One").threadId();
        Future<TurnResult> asked = threads.submit(() -> stele.run(threadId, "ask"));
        Waiting.until("it asks", () -> status(threadId) instanceof ThreadStatus.AwaitingApproval);
        stele.approvals(threadId, Standard.ALL);

        assertThat(asked.get().text()).isEqualTo("I did: approved");
    }

    @Test
    void an_interrupted_turn_ends_with_its_words_and_checkpoints() throws Exception {
        ThreadId threadId = stele.run(project(), "a", "One").threadId();
        Future<TurnResult> waiting = threads.submit(() -> stele.run(threadId, "wait"));
        Waiting.until("it runs", () -> status(threadId) instanceof ThreadStatus.Running);
        stele.execute(new InterruptTurn(threadId, AT));

        assertThat(waiting.get().state()).isInstanceOf(TurnState.Interrupted.class);
        assertThat(waiting.get().isCompleted()).isFalse();
    }

    @Test
    void closing_ends_the_wait_for_a_turn() throws Exception {
        ThreadId threadId = stele.run(project(), "a", "One").threadId();
        Future<TurnResult> waiting = threads.submit(() -> stele.run(threadId, "wait"));
        Waiting.until("it runs", () -> status(threadId) instanceof ThreadStatus.Running);
        stele.close();

        assertThatThrownBy(waiting::get)
                .isInstanceOf(ExecutionException.class)
                .cause()
                .isInstanceOf(SteleException.Unavailable.class)
                .hasMessageContaining("closed");
    }

    @Test
    void a_deleted_thread_ends_the_wait_for_its_turn() throws Exception {
        ThreadId threadId = stele.run(project(), "a", "One").threadId();
        Future<TurnResult> waiting = threads.submit(() -> stele.run(threadId, "wait"));
        Waiting.until("it runs", () -> status(threadId) instanceof ThreadStatus.Running);
        stele.execute(new DeleteThread(threadId, AT));

        assertThatThrownBy(waiting::get).cause().isInstanceOf(SteleException.Refused.class);
    }

    @Test
    void refusals_are_exceptions_that_carry_their_cause() {
        var nowhere = new CreateThread(Ids.thread(), Ids.project(), "T", "a", AT);
        var error = new DeciderError.ProjectNotFound(nowhere.projectId());

        assertThatThrownBy(() -> stele.execute(nowhere))
                .isInstanceOfSatisfying(
                        SteleException.Refused.class,
                        refused -> assertThat(refused.error()).isEqualTo(error))
                .hasMessage(error.message());
        assertThatThrownBy(() -> stele.run(Ids.thread(), "Go"))
                .isInstanceOf(SteleException.Refused.class);
        assertThatThrownBy(() -> stele.await(Ids.thread(), new TurnId("none")))
                .isInstanceOf(SteleException.Refused.class);
    }

    @Test
    void bad_input_to_a_run_changes_nothing() {
        assertThatThrownBy(() -> stele.run(project(), "a", " \n"))
                .isInstanceOf(SteleException.Refused.class)
                .hasMessageContaining("prompt");
        assertThatThrownBy(() -> stele.run(project(), "", "Go"))
                .isInstanceOf(SteleException.Refused.class)
                .hasMessageContaining("agent");
        assertThatThrownBy(() -> stele.run(folder.resolve("nowhere"), "a", "Go"))
                .isInstanceOf(SteleException.InvalidDirectory.class);

        assertThat(stele.model().sequence()).isZero();
    }

    @Test
    void a_closed_instance_says_so() {
        stele.close();
        stele.close();

        assertThatThrownBy(() -> stele.run(project(), "a", "Go"))
                .isInstanceOf(SteleException.Unavailable.class)
                .hasMessageContaining("closed");
    }

    @Test
    void a_title_is_the_first_line_that_says_something_cut_between_characters() {
        assertThat(TurnRunner.title("\n  \n Mend it. \nNow.")).isEqualTo("Mend it.");
        assertThat(TurnRunner.title("x".repeat(80))).isEqualTo("x".repeat(80));
        assertThat(TurnRunner.title("😀".repeat(81))).isEqualTo("😀".repeat(79) + "…");
    }

    @Test
    void settings_and_the_builder_name_agents() throws IOException {
        Files.writeString(
                stele.home().configuration(),
                """
                {"agents": {"a": "from the file", "b": "b"}, "defaultAgent": "a"}
                """);
        try (Stele other = builder(MemoryEventStore::new).agents(Map.of("a", "mine")).open()) {
            assertThat(other.config().agents()).isEqualTo(Map.of("a", "mine", "b", "b"));
            assertThat(other.config().defaultAgent()).isEqualTo("a");
        }
        Files.writeString(stele.home().configuration(), "{");
        assertThatThrownBy(builder(MemoryEventStore::new)::open)
                .isInstanceOf(SteleException.InvalidConfiguration.class);
    }

    @Test
    void a_store_that_does_not_open_is_told_as_it_is() {
        var locked = new StoreException.Locked("Another process has it open.");
        assertThatThrownBy(
                        builder(() -> {
                            throw locked;
                        })
                                ::open)
                .isSameAs(locked);
    }

    @Test
    void a_reader_sees_what_there_is_and_what_comes() throws Exception {
        TurnResult first = stele.run(project(), "a", "One");
        try (SteleReader reader = builder(this::shared).openReadOnly();
                var facts = reader.subscribe(reader.model().sequence())) {
            assertThat(reader.model()).isEqualTo(stele.model());
            Future<Long> next =
                    threads.submit(() -> facts.next(Duration.ofMinutes(1)).getFirst().sequence());
            long before = stele.model().sequence();
            stele.run(first.threadId(), "Two");

            assertThat(next.get()).isEqualTo(before + 1);
            assertThat(reader.model()).isEqualTo(stele.model());
            assertThatThrownBy(() -> reader.subscribe(stele.model().sequence() + 1))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    /** The same log, as another process would open it. */
    private EventStore shared() {
        return new FaultyStore(store);
    }

    private ThreadStatus status(ThreadId threadId) {
        return Objects.requireNonNull(stele.model().thread(threadId)).status();
    }

    @Test
    void what_was_said_in_a_turn_that_is_over_is_read_from_the_log() throws InterruptedException {
        TurnResult result = stele.run(project(), "an agent", "Do it.");

        MessagePage page = stele.messages(result.turnId(), 0, 10);

        assertThat(page.total()).isEqualTo(page.messages().size());
        assertThat(page.messages().getFirst().content())
                .containsExactly(new MessageContent.Text("Do it."));
        assertThat(page.messages().getLast().content())
                .containsExactly(new MessageContent.Text("I did: Do it."));
        assertThat(stele.messages(new TurnId("nobodys"), 0, 1).total()).isZero();
        assertThatThrownBy(() -> stele.messages(result.turnId(), 0, 0))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void the_model_of_any_place_is_that_which_was_there() throws InterruptedException {
        stele.project(project());
        OrchestrationReadModel before = stele.model();
        TurnResult result = stele.run(project(), "an agent", "Do it.");

        OrchestrationReadModel again = stele.modelAt(before.sequence(), ReplayListener.SILENT);

        assertThat(again).isEqualTo(before);
        assertThat(stele.modelAt(0, ReplayListener.SILENT)).isEqualTo(OrchestrationReadModel.EMPTY);
        OrchestrationReadModel now = stele.model();
        assertThat(stele.modelAt(now.sequence(), ReplayListener.SILENT)).isEqualTo(now);
        assertThat(stele.messages(again, result.turnId(), 0, 9).total()).isZero();
        assertThatThrownBy(() -> stele.modelAt(now.sequence() + 1, ReplayListener.SILENT))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("0 to " + now.sequence());
        assertThatThrownBy(() -> stele.modelAt(-1, ReplayListener.SILENT))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void a_fact_leads_back_to_the_command_that_led_to_it() throws InterruptedException {
        TurnResult result = stele.run(project(), "an agent", "Do it.");
        Turn turn = Objects.requireNonNull(stele.model().turn(result.turnId()));
        long prompt = turn.transcript().first();

        for (long sequence = prompt + 2; sequence <= stele.model().sequence(); sequence++) {
            Cause cause = stele.why(sequence);
            assertThat(cause.facts().getFirst().sequence()).isEqualTo(sequence);
            assertThat(cause.facts().getLast().sequence()).as("%s", cause).isEqualTo(prompt);
            assertThat(cause.receipt()).isNotNull();
            assertThat(Objects.requireNonNull(cause.receipt()).isAbout(prompt)).isTrue();
        }
        assertThat(stele.why(1).facts()).hasSize(1);
        assertThatThrownBy(() -> stele.why(0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> stele.why(stele.model().sequence() + 1))
                .isInstanceOf(IllegalArgumentException.class);
    }
}

package dev.stele.app.approval;

import static dev.stele.app.support.Commands.AT;
import static dev.stele.app.support.Commands.THREAD;
import static dev.stele.app.support.Commands.TURN;
import static dev.stele.app.support.Commands.as;
import static dev.stele.app.support.Commands.project;
import static dev.stele.app.support.Commands.reports;
import static dev.stele.app.support.Commands.thread;
import static dev.stele.app.support.Commands.turn;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.stele.app.approval.ApprovalPolicy.Standard;
import dev.stele.app.approval.ApprovalPolicy.Verdict;
import dev.stele.app.engine.Engine;
import dev.stele.app.engine.EngineSettings;
import dev.stele.app.engine.ReplayListener;
import dev.stele.app.support.PlainCodec;
import dev.stele.app.support.Waiting;
import dev.stele.contracts.ActionId;
import dev.stele.contracts.MessageContent.ToolCall;
import dev.stele.contracts.PermissionOption;
import dev.stele.contracts.PermissionOption.Kind;
import dev.stele.contracts.ProviderEvent;
import dev.stele.contracts.ToolKind;
import dev.stele.contracts.ToolLocation;
import dev.stele.domain.command.OrchestrationCommand;
import dev.stele.domain.command.OrchestrationCommand.PolicyCommand.SetThreadPolicy;
import dev.stele.domain.event.OrchestrationEvent.ApprovalEvent.ActionApproved;
import dev.stele.domain.event.OrchestrationEvent.ApprovalEvent.ActionRejected;
import dev.stele.domain.model.ActionPolicy;
import dev.stele.domain.model.ActionPolicy.Rule;
import dev.stele.domain.model.Actor;
import dev.stele.domain.port.DispatchResult.Accepted;
import dev.stele.domain.tck.MemoryEventStore;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ApprovalReactorTest {
    private static final Duration LONG = Duration.ofSeconds(60);

    private final List<AutoCloseable> open = new ArrayList<>();
    private MemoryEventStore store = new MemoryEventStore();
    private long words;

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable one : open) {
            one.close();
        }
    }

    @Test
    void all_approves_by_the_option_that_allows_once() throws Exception {
        Engine engine = withOpenTurn(new ApprovalReactor(Standard.ALL, InstantSource.system()));
        ask(engine, "a-1", Kind.REJECT_ONCE, Kind.ALLOW_ALWAYS, Kind.ALLOW_ONCE);
        assertThat(engine.drain(LONG)).isTrue();

        assertThat(approved())
                .extracting(ActionApproved::optionId, ActionApproved::by)
                .containsExactly(tuple("ALLOW_ONCE", Actor.policy("all")));
        assertThat(pending(engine)).isEmpty();
    }

    @Test
    void all_takes_the_wider_option_when_there_is_no_other() throws Exception {
        Engine engine = withOpenTurn(new ApprovalReactor(Standard.ALL, InstantSource.system()));
        ask(engine, "a-1", Kind.REJECT_ONCE, Kind.ALLOW_ALWAYS);
        assertThat(engine.drain(LONG)).isTrue();

        assertThat(approved()).extracting(ActionApproved::optionId).containsExactly("ALLOW_ALWAYS");
    }

    @Test
    void all_leaves_to_people_what_no_offered_answer_allows() throws Exception {
        Engine engine = withOpenTurn(new ApprovalReactor(Standard.ALL, InstantSource.system()));
        ask(engine, "a-1", Kind.REJECT_ONCE, Kind.OTHER);
        assertThat(engine.drain(LONG)).isTrue();

        assertThat(pending(engine)).containsExactly("a-1");
    }

    @Test
    void none_rejects_whether_an_option_for_it_is_offered_or_not() throws Exception {
        Engine engine = withOpenTurn(new ApprovalReactor(Standard.NONE, InstantSource.system()));
        ask(engine, "a-1", Kind.REJECT_ONCE, Kind.ALLOW_ONCE);
        ask(engine, "a-2", Kind.ALLOW_ONCE);
        assertThat(engine.drain(LONG)).isTrue();

        assertThat(events(ActionRejected.class))
                .extracting(ActionRejected::actionId)
                .extracting(ActionId::value)
                .containsExactly("a-1", "a-2");
        assertThat(pending(engine)).isEmpty();
    }

    @Test
    void ask_leaves_everything_to_people() throws Exception {
        Engine engine = withOpenTurn(new ApprovalReactor(Standard.ASK, InstantSource.system()));
        ask(engine, "a-1", Kind.ALLOW_ONCE);
        assertThat(engine.drain(LONG)).isTrue();

        assertThat(pending(engine)).containsExactly("a-1");
    }

    @Test
    void a_rule_set_for_a_thread_answers_what_waits_there_already() {
        var reactor = new ApprovalReactor(Standard.ASK, InstantSource.system());
        Engine engine = withOpenTurn(reactor);
        ask(engine, "a-1", Kind.ALLOW_ONCE);
        ask(engine, "a-2", Kind.ALLOW_ONCE);
        reactor.use(THREAD, Standard.ALL);

        Waiting.until("both are answered", () -> pending(engine).isEmpty());
        assertThat(approved()).hasSize(2);
    }

    @Test
    void a_rule_of_the_thread_comes_before_the_usual_one() throws Exception {
        var reactor = new ApprovalReactor(Standard.ALL, InstantSource.system());
        reactor.use(THREAD, Standard.NONE);
        Engine engine = withOpenTurn(reactor);
        ask(engine, "a-1", Kind.ALLOW_ONCE);
        assertThat(engine.drain(LONG)).isTrue();

        assertThat(approved()).isEmpty();
        assertThat(events(ActionRejected.class)).hasSize(1);
    }

    @Test
    void questions_that_wait_at_the_start_are_answered() throws Exception {
        Engine first = withOpenTurn(new ApprovalReactor(Standard.ASK, InstantSource.system()));
        ask(first, "a-1", Kind.ALLOW_ONCE);
        first.close();
        store = store.reopened();
        Engine again = engine(new ApprovalReactor(Standard.ALL, InstantSource.system()));
        assertThat(again.drain(LONG)).isTrue();

        assertThat(pending(again)).isEmpty();
    }

    @Test
    void a_rule_that_fails_leaves_the_question_to_people_and_goes_on() throws Exception {
        var askedOf = new ArrayList<String>();
        var picky =
                new ApprovalPolicy() {
                    @Override
                    public String label() {
                        return "picky";
                    }

                    @Override
                    public Verdict verdict(Question question) {
                        String id = question.action().id().value();
                        askedOf.add(id);
                        if (id.equals("a-1")) {
                            throw new IllegalStateException("no idea");
                        }
                        return Verdict.APPROVE;
                    }
                };
        Engine engine = withOpenTurn(new ApprovalReactor(picky, InstantSource.system()));
        ask(engine, "a-1", Kind.ALLOW_ONCE);
        ask(engine, "a-2", Kind.ALLOW_ONCE);
        assertThat(engine.drain(LONG)).isTrue();

        assertThat(askedOf).containsExactly("a-1", "a-2");
        assertThat(pending(engine)).containsExactly("a-1");
        assertThat(approved()).extracting(ActionApproved::by).containsOnly(Actor.policy("picky"));
    }

    private static final ActionPolicy READS =
            new ActionPolicy(
                    List.of(
                            new Rule(
                                    ActionPolicy.Verdict.ALLOW_ONCE, List.of(ToolKind.READ), null)),
                    true,
                    true);

    private static void set(Engine engine, ActionPolicy policy) {
        var set = new SetThreadPolicy(THREAD, policy, Actor.person("ada"), AT);
        assertThat(engine.dispatch(as("policy", set)).join()).isInstanceOf(Accepted.class);
    }

    /** The agent asks whether it may do something with a file of the project at /projects/1. */
    private void ask(Engine engine, String action, ToolKind kind, String path) {
        var locations = List.of(new ToolLocation(path, null));
        var call = new ToolCall(action, null, null, null, kind, null, locations, null, null);
        report(engine, new ProviderEvent.ToolCall(call));
        report(
                engine,
                new ProviderEvent.AwaitingApproval(
                        new ActionId(action),
                        action,
                        "May I?",
                        List.of(new PermissionOption("once", "words", Kind.ALLOW_ONCE))));
    }

    private void report(Engine engine, ProviderEvent event) {
        try {
            assertThat(engine.submit(reports(++words, event)).join()).isInstanceOf(Accepted.class);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void a_policy_in_the_log_answers_before_a_yes_of_this_process() throws Exception {
        Engine engine = withOpenTurn(new ApprovalReactor(Standard.ALL, InstantSource.system()));
        set(engine, READS);
        ask(engine, "a-1", ToolKind.READ, "/projects/1/a.txt");
        ask(engine, "a-2", ToolKind.EDIT, "/projects/1/a.txt");
        ask(engine, "a-3", ToolKind.READ, "../2/a.txt");
        ask(engine, "a-4", ToolKind.OTHER, "a.txt");
        assertThat(engine.drain(LONG)).isTrue();

        assertThat(approved())
                .extracting(ActionApproved::by)
                .containsExactly(
                        Actor.policy("thread policy, rule 1: allow:read"), Actor.policy("all"));
        assertThat(events(ActionRejected.class))
                .extracting(ActionRejected::by)
                .containsExactly(
                        Actor.policy("thread policy: read-only"),
                        Actor.policy("thread policy: nothing outside the project"));
    }

    @Test
    void a_no_of_this_process_comes_before_a_policy_in_the_log() throws Exception {
        Engine engine = withOpenTurn(new ApprovalReactor(Standard.NONE, InstantSource.system()));
        set(engine, READS);
        ask(engine, "a-1", ToolKind.READ, "a.txt");
        assertThat(engine.drain(LONG)).isTrue();

        assertThat(approved()).isEmpty();
        assertThat(events(ActionRejected.class)).hasSize(1);
    }

    @Test
    void a_new_policy_answers_what_waits_already() throws Exception {
        Engine engine = withOpenTurn(new ApprovalReactor(Standard.ASK, InstantSource.system()));
        ask(engine, "a-1", ToolKind.READ, "a.txt");
        ask(engine, "a-2", ToolKind.FETCH, "a.txt");
        set(engine, READS);
        assertThat(engine.drain(LONG)).isTrue();

        assertThat(pending(engine)).containsExactly("a-2");
    }

    private Engine withOpenTurn(ApprovalReactor reactor) {
        Engine engine = engine(reactor);
        engine.dispatch(as("o-1", project(1))).join();
        engine.dispatch(as("o-2", thread(1))).join();
        assertThat(engine.dispatch(as("o-3", turn(1))).join()).isInstanceOf(Accepted.class);
        return engine;
    }

    private Engine engine(ApprovalReactor reactor) {
        var parts =
                new Engine.Parts(
                        store,
                        new PlainCodec(),
                        () -> List.of(reactor),
                        InstantSource.system(),
                        List.of());
        Engine engine = Engine.open(parts, EngineSettings.USUAL, ReplayListener.SILENT);
        open.add(engine);
        return engine;
    }

    private void ask(Engine engine, String action, Kind... offered) {
        List<PermissionOption> options =
                List.of(offered).stream()
                        .map(kind -> new PermissionOption(kind.name(), "words", kind))
                        .toList();
        OrchestrationCommand question =
                reports(
                        ++words,
                        new ProviderEvent.AwaitingApproval(
                                new ActionId(action), null, "May I?", options));
        try {
            assertThat(engine.submit(question).join()).isInstanceOf(Accepted.class);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private List<String> pending(Engine engine) {
        return Objects.requireNonNull(engine.model().turn(TURN))
                .pending()
                .map(action -> action.id().value())
                .asJava();
    }

    private List<ActionApproved> approved() {
        return events(ActionApproved.class);
    }

    private <T> List<T> events(Class<T> type) {
        return store.read(0, 1_000).stream()
                .map(stored -> stored.event())
                .filter(type::isInstance)
                .map(type::cast)
                .toList();
    }
}

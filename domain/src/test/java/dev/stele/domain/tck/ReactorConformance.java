package dev.stele.domain.tck;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stele.contracts.CommandId;
import dev.stele.contracts.MessageContent;
import dev.stele.contracts.ProjectId;
import dev.stele.contracts.ThreadId;
import dev.stele.contracts.TurnId;
import dev.stele.domain.command.OrchestrationCommand;
import dev.stele.domain.command.OrchestrationCommand.CreateProject;
import dev.stele.domain.command.OrchestrationCommand.CreateThread;
import dev.stele.domain.command.OrchestrationCommand.RenameProject;
import dev.stele.domain.command.OrchestrationCommand.StartTurn;
import dev.stele.domain.model.OrchestrationReadModel;
import dev.stele.domain.model.Turn;
import dev.stele.domain.port.CommandEnvelope;
import dev.stele.domain.port.DispatchResult;
import dev.stele.domain.port.Reactor;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * What every {@link Reactor} has to do, whatever its work is: find it in the model, do it once,
 * report it once, and leave the rest to the next process. Kits for a kind of work extend it; no
 * test can be skipped, and reactors that do nothing fail each of them.
 */
@Timeout(value = 300, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
public abstract class ReactorConformance {
    private static final int MUCH = 100;

    private final MemoryEngine engine = new MemoryEngine();
    private ReactorFixture fixture;
    private List<Reactor> running = List.of();
    private int ids;

    /** For subclasses. */
    @SuppressWarnings("NullAway.Init") // filled before each test
    protected ReactorConformance() {}

    /** {@return a world for reactors, of its own for each test} */
    protected abstract ReactorFixture newFixture();

    /**
     * Sends what asks the reactors for a piece of work that can be done at once.
     *
     * @return the work
     */
    protected abstract Work ask();

    /**
     * A piece of work.
     *
     * @param name names it in failures
     * @param isDone whether a model shows its end
     * @param isReport whether a command reports its end
     */
    protected record Work(
            String name,
            Predicate<OrchestrationReadModel> isDone,
            Predicate<OrchestrationCommand> isReport) {}

    @BeforeEach
    final void makeWorld() {
        fixture = newFixture();
    }

    @AfterEach
    final void closeWorld() {
        try {
            stop();
        } finally {
            fixture.close();
        }
    }

    @Test
    void work_that_is_asked_for_while_it_runs_is_done() {
        start();
        awaitDone(ask());
        awaitDone(ask());
    }

    @Test
    void work_that_nobody_did_is_found_at_the_start() {
        Work first = ask();
        Work second = ask();
        start();
        awaitDone(first);
        awaitDone(second);
    }

    @Test
    void work_is_reported_once_whatever_else_is_told() {
        start();
        Work work = ask();
        tellMuch();
        awaitDone(work);
        tellMuch();
        drain();
        assertReportedOnce(work);
    }

    private void tellMuch() {
        ProjectId project = newProject();
        for (int i = 0; i < MUCH; i++) {
            send(new RenameProject(project, "name " + i));
        }
    }

    @Test
    void what_is_quiet_has_done_and_reported_all_that_was_asked() {
        start();
        List<Work> works = List.of(ask(), ask(), ask());
        drain();
        works.forEach(work -> assertThat(work.isDone().test(model())).as(work.name()).isTrue());
    }

    @Test
    void what_is_closed_reports_nothing_and_the_next_process_goes_on() {
        start();
        awaitDone(ask());
        stop();
        int before = engine.submitted().size();
        Work work = ask();
        assertThat(engine.submitted()).hasSize(before);
        start();
        awaitDone(work);
        assertReportedOnce(work);
    }

    @Test
    void a_restart_repeats_nothing() {
        start();
        Work work = ask();
        awaitDone(work);
        drain();
        int before = engine.submitted().size();
        restart();
        drain();
        assertThat(engine.submitted()).hasSize(before);
        assertReportedOnce(work);
    }

    @Test
    void what_the_log_could_not_take_is_reported_again() {
        start();
        engine.setOut(true);
        Work work = ask();
        await("a report", now -> now.refusals() > 1);
        engine.setOut(false);
        awaitDone(work);
        drain();
        assertReportedOnce(work);
    }

    @Test
    void what_could_not_be_reported_before_the_end_is_found_at_the_next_start() {
        start();
        engine.setOut(true);
        Work work = ask();
        await("a report", now -> now.refusals() > 0);
        stop();
        engine.setOut(false);
        start();
        awaitDone(work);
        drain();
        assertReportedOnce(work);
    }

    private void assertReportedOnce(Work work) {
        assertThat(engine.submitted()).as(work.name()).filteredOn(work.isReport()).hasSize(1);
    }

    /** {@return the engine that the reactors work with} */
    protected final MemoryEngine engine() {
        return engine;
    }

    /** {@return the newest model} */
    protected final OrchestrationReadModel model() {
        return engine.model();
    }

    /** Starts the reactors of a new process. */
    protected final void start() {
        running = fixture.open();
        running.forEach(reactor -> reactor.start(engine, engine));
    }

    /** Ends the process. */
    protected final void stop() {
        List<Reactor> ending = running.reversed();
        running = List.of();
        ending.forEach(Reactor::close);
    }

    /** Ends the process and starts the next one. */
    protected final void restart() {
        stop();
        start();
    }

    /** Waits until all reactors are quiet. */
    protected final void drain() {
        assertThat(isQuiet(fixture.patience())).as("quiet").isTrue();
    }

    /**
     * {@return whether all reactors are quiet within a time}
     *
     * @param timeout how long to wait at most
     */
    protected final boolean isQuiet(Duration timeout) {
        try {
            for (Reactor reactor : running) {
                if (!reactor.drain(timeout)) {
                    return false;
                }
            }
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("Interrupted while waiting for quiet", e);
        }
    }

    /**
     * Waits until the engine is as wanted.
     *
     * @param what is wanted, in words
     * @param wanted looked at after every change
     */
    protected final void await(String what, Predicate<MemoryEngine> wanted) {
        engine.await(what, wanted, fixture.patience());
    }

    /**
     * Waits until a piece of work is done.
     *
     * @param work what was asked for
     */
    protected final void awaitDone(Work work) {
        await(work.name(), now -> work.isDone().test(now.model()));
    }

    /**
     * Sends a command of a person, which must be accepted.
     *
     * @param command the wish
     */
    protected final void send(OrchestrationCommand command) {
        var envelope = new CommandEnvelope(new CommandId(newId("command")), now(), command);
        assertThat(engine.dispatch(envelope).join())
                .as("%s", command)
                .isInstanceOf(DispatchResult.Accepted.class);
    }

    /**
     * {@return a text that no other id of the test has}
     *
     * @param prefix what it begins with
     */
    protected final String newId(String prefix) {
        ids++;
        return prefix + "-" + ids;
    }

    /** {@return the time} */
    protected static Instant now() {
        return Instant.now();
    }

    /** {@return a project in a directory of its own} */
    protected final ProjectId newProject() {
        return newProject(fixture.newDirectory());
    }

    /**
     * {@return a project}
     *
     * @param directory where it is
     */
    protected final ProjectId newProject(Path directory) {
        var project = new ProjectId(newId("project"));
        send(new CreateProject(project, project.value(), directory.toString(), now()));
        return project;
    }

    /**
     * {@return a thread}
     *
     * @param project its project
     * @param agent its agent
     */
    protected final ThreadId newThread(ProjectId project, String agent) {
        var thread = new ThreadId(newId("thread"));
        send(new CreateThread(thread, project, "A thread", agent, now()));
        return thread;
    }

    /**
     * Prompts a thread's agent.
     *
     * @param thread the thread
     * @return the turn's id
     */
    protected final TurnId prompt(ThreadId thread) {
        var turn = new TurnId(newId("turn"));
        send(new StartTurn(turn, thread, List.of(new MessageContent.Text("Do it.")), now()));
        return turn;
    }

    /**
     * {@return a turn as it is now}
     *
     * @param turnId its id
     */
    protected final Turn turn(TurnId turnId) {
        Turn turn = model().turn(turnId);
        if (turn == null) {
            throw new AssertionError("there is no turn " + turnId);
        }
        return turn;
    }
}

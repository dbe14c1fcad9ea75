package dev.stele.provider.reactor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stele.contracts.CommandId;
import dev.stele.contracts.MessageContent;
import dev.stele.contracts.ProjectId;
import dev.stele.contracts.ThreadId;
import dev.stele.contracts.TurnId;
import dev.stele.domain.command.OrchestrationCommand;
import dev.stele.domain.model.Actor;
import dev.stele.domain.model.Message;
import dev.stele.domain.model.PendingAction;
import dev.stele.domain.model.Turn;
import dev.stele.domain.model.TurnState;
import dev.stele.domain.port.CommandEnvelope;
import dev.stele.domain.port.DispatchResult;
import dev.stele.provider.process.AgentLauncher;
import dev.stele.provider.process.AgentProcess;
import dev.stele.provider.session.ClientServices;
import dev.stele.provider.session.WireTap;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A provider reactor with real agents in real directories, over an engine in memory. */
final class ReactorRig implements AutoCloseable {
    static final Duration SOON = Duration.ofSeconds(30);

    final TestEngine engine;
    final Path home;
    private final ProviderReactor reactor;
    private final Set<Long> before = children();
    private final AtomicInteger ids = new AtomicInteger();

    ReactorRig(Path home, Limits limits) {
        this(home, limits, new TestEngine(), Map.of());
    }

    ReactorRig(Path home, Limits limits, TestEngine engine, Map<String, String> agents) {
        this(home, limits, engine, agents, Map.of());
    }

    ReactorRig(
            Path home,
            Limits limits,
            TestEngine engine,
            Map<String, String> agents,
            Map<String, String> logins) {
        this(home, limits, engine, agents, logins, (_, _) -> ClientServices.NONE);
    }

    ReactorRig(
            Path home,
            Limits limits,
            TestEngine engine,
            Map<String, String> agents,
            Map<String, String> logins,
            BiFunction<Path, AgentProcess, ClientServices> services) {
        this.home = home;
        this.engine = engine;
        reactor =
                new ProviderReactor(
                        new Agency(
                                new AgentCatalogue(agents, logins),
                                new AgentLauncher(home.resolve("agents")),
                                limits,
                                services,
                                () -> WireTap.NONE),
                        InstantSource.system());
        reactor.start(engine, engine);
    }

    /** Limits that no test comes near to. */
    static Limits patient() {
        return new Limits(SOON, SOON, SOON, Duration.ofHours(1), 100, 1 << 20);
    }

    ProviderReactor reactor() {
        return reactor;
    }

    /** A project in a directory of its own with one thread. */
    ThreadId thread(String name, String agent) {
        Path directory = directory(name);
        try {
            Files.createDirectories(directory);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        var project = new ProjectId("project-" + name);
        var thread = new ThreadId(name);
        send(
                new OrchestrationCommand.CreateProject(
                        project, name, directory.toString(), TestEngine.now()));
        send(new OrchestrationCommand.CreateThread(thread, project, name, agent, TestEngine.now()));
        return thread;
    }

    /** A thread whose agent plays a script. */
    ThreadId scripted(String name, String script) {
        write(name + ".json", script);
        return thread(name, "scripted:" + home.resolve(name + ".json"));
    }

    Path write(String file, String text) {
        try {
            return Files.writeString(home.resolve(file), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Path directory(String name) {
        return home.resolve("work-" + name);
    }

    String file(String thread, String path) {
        try {
            Path file = directory(thread).resolve(path);
            return Files.exists(file) ? Files.readString(file) : "(none)";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void send(OrchestrationCommand command) {
        var id = new CommandId("command-" + ids.incrementAndGet());
        DispatchResult result =
                engine.dispatch(new CommandEnvelope(id, TestEngine.now(), command)).join();
        assertThat(result).as("%s", command).isInstanceOf(DispatchResult.Accepted.class);
    }

    TurnId prompt(ThreadId thread) {
        return prompt(thread, new MessageContent.Text("please do it"));
    }

    TurnId prompt(ThreadId thread, MessageContent... prompt) {
        var turn = new TurnId("turn-" + ids.incrementAndGet());
        send(new OrchestrationCommand.StartTurn(turn, thread, List.of(prompt), TestEngine.now()));
        return turn;
    }

    void interrupt(ThreadId thread) {
        send(new OrchestrationCommand.InterruptTurn(thread, TestEngine.now()));
    }

    PendingAction awaitQuestion(TurnId turn) {
        TestEngine.await("a question", () -> !turn(turn).pending().isEmpty());
        return turn(turn).pending().head();
    }

    void approve(ThreadId thread, PendingAction action) {
        send(
                new OrchestrationCommand.ApprovePendingAction(
                        thread, action.id(), null, Actor.person("test"), TestEngine.now()));
    }

    void reject(ThreadId thread, PendingAction action) {
        send(
                new OrchestrationCommand.RejectPendingAction(
                        thread, action.id(), null, "no", Actor.person("test"), TestEngine.now()));
    }

    Turn turn(TurnId id) {
        return Objects.requireNonNull(engine.model().turn(id));
    }

    /** Waits until a turn is over for good. */
    TurnState awaitEnd(TurnId id) {
        TestEngine.await("the end of " + id, () -> !turn(id).state().isLive());
        return turn(id).state();
    }

    void awaitWords(TurnId id, String words) {
        TestEngine.await(words, () -> words(id).contains(words));
    }

    List<Message> messages(TurnId id) {
        return engine.messages(id, 0, Integer.MAX_VALUE).messages();
    }

    /** All that the agent said in a turn. */
    String words(TurnId id) {
        return messages(id).stream()
                .filter(message -> message.body() instanceof Message.Body.Speech)
                .flatMap(message -> message.content().stream())
                .map(content -> content instanceof MessageContent.Text(var text) ? text : "")
                .collect(Collectors.joining());
    }

    /** The message of a failed turn. */
    String failure(TurnId id) {
        return awaitEnd(id) instanceof TurnState.Failed(var error, _)
                ? error.kind() + ": " + error.message()
                : "it did not fail: " + turn(id).state();
    }

    /** The only agent process that there is now. */
    ProcessHandle agent() {
        TestEngine.await("one agent", () -> agents().size() == 1);
        Set<Long> now = agents();
        return ProcessHandle.of(now.iterator().next()).orElseThrow();
    }

    /** The agent processes that there are now. */
    Set<Long> agents() {
        Set<Long> now = children();
        now.removeAll(before);
        return now;
    }

    /** Whether a process runs no more. An orphan may wait for ever for someone to collect it. */
    static boolean isGone(long pid) {
        try {
            String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
            return stat.substring(stat.lastIndexOf(')')).startsWith(") Z");
        } catch (IOException _) {
            return ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isEmpty();
        }
    }

    private static Set<Long> children() {
        return ProcessHandle.current()
                .children()
                .filter(ProcessHandle::isAlive)
                .map(ProcessHandle::pid)
                .collect(Collectors.toSet());
    }

    @Nullable String sessionId(ThreadId thread) {
        return Objects.requireNonNull(engine.model().thread(thread)).session().sessionId();
    }

    /** Closes the reactor; no process may be left. */
    @Override
    public void close() {
        reactor.close();
        assertThat(agents()).as("processes left behind").isEmpty();
        try (var records = Files.list(home.resolve("agents"))) {
            assertThat(records).as("records left behind").isEmpty();
        } catch (java.nio.file.NoSuchFileException _) {
            // No agent was started at all.
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

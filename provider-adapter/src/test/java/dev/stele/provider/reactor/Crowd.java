package dev.stele.provider.reactor;

import dev.stele.contracts.ActionId;
import dev.stele.contracts.MessageContent;
import dev.stele.contracts.ProviderEvent;
import dev.stele.contracts.ThreadId;
import dev.stele.contracts.TurnId;
import dev.stele.domain.command.OrchestrationCommand;
import dev.stele.domain.command.OrchestrationCommand.IngestProviderEvent;
import dev.stele.domain.port.CommandEnvelope;
import dev.stele.domain.port.CommandGateway;
import dev.stele.domain.port.DispatchResult;
import dev.stele.provider.acp.AcpProtocol;
import dev.stele.provider.process.AgentCommand;
import dev.stele.provider.process.AgentLauncher;
import dev.stele.provider.process.AgentProcess;
import dev.stele.provider.process.ProviderFailure;
import dev.stele.provider.rpc.Json;
import dev.stele.provider.rpc.RpcConnection;
import dev.stele.provider.rpc.RpcListener;
import dev.stele.provider.rpc.RpcMessage;
import dev.stele.provider.scripted.ScriptedCommand;
import dev.stele.provider.session.Heard;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Many sessions that stream at once, several in each process of the scripted agent: all that lies
 * between their pipes and the writer, and a writer that holds every word against what the agent was
 * told to say and keeps none. The writer is slower than the agents, so that they have to wait.
 */
final class Crowd implements AutoCloseable {
    private static final int MAX_LINE = 1 << 20;
    private static final int WIDTH = 7;
    private static final Duration STANDSTILL = Duration.ofMinutes(2);

    private final Path home;
    private final AgentLauncher launcher;
    private final String words;
    private final int times;
    private final List<Host> hosts = new ArrayList<>();
    private final Map<ThreadId, Member> members = new ConcurrentHashMap<>();
    private final CountDownLatch ended;
    private final AtomicLong taken = new AtomicLong();
    private final StrictWriter writer = new StrictWriter();

    /**
     * A crowd that is silent.
     *
     * @param home where it works
     * @param processes how many processes
     * @param sessions how many sessions in each
     * @param numbers how many numbers each session says, and
     * @param times how often it says them
     */
    Crowd(Path home, int processes, int sessions, int numbers, int times)
            throws IOException, ProviderFailure {
        this.home = home;
        this.launcher = new AgentLauncher(home.resolve("agents"));
        this.times = times;
        var said = new StringBuilder();
        for (int i = 0; i < numbers; i++) {
            said.append("%06d ".formatted(i));
        }
        words = said.toString();
        ended = new CountDownLatch(processes * sessions);
        Path script = home.resolve("crowd.json");
        Files.writeString(
                script,
                "{\"steps\": [{\"say\": \"%s\", \"chunk\": %d, \"times\": %d}]}"
                        .formatted(words, WIDTH, times));
        for (int i = 0; i < processes; i++) {
            hosts.add(new Host(i, sessions, script));
        }
    }

    /** Opens all sessions, prompts them all, and waits for the last one's end. */
    void play() throws InterruptedException, ProviderFailure {
        for (Host host : hosts) {
            host.open();
        }
        for (Host host : hosts) {
            host.prompt();
        }
        awaitEnds();
        String wrong = writer.wrong;
        if (wrong != null) {
            throw new AssertionError(wrong);
        }
    }

    /** Slowness is no defect; a standstill is one, and names who stands. */
    private void awaitEnds() throws InterruptedException {
        long before = -1;
        while (!ended.await(STANDSTILL.toMillis(), TimeUnit.MILLISECONDS)) {
            long now = taken.get();
            if (now == before) {
                throw new AssertionError(
                        "%d sessions stand still after %d events: %s"
                                .formatted(ended.getCount(), now, unfinished()));
            }
            before = now;
        }
    }

    private List<String> unfinished() {
        return members.values().stream()
                .filter(member -> member.said.get() < characters())
                .map(member -> "%s at %d".formatted(member.threadId, member.said.get()))
                .sorted()
                .toList();
    }

    /** The agents' processes. */
    List<Long> pids() {
        return hosts.stream().map(host -> host.process.pid()).toList();
    }

    /** How many events came out. */
    long events() {
        return taken.get();
    }

    /** The most characters that a session may say. */
    long characters() {
        return (long) words.length() * times;
    }

    /** Ends all. */
    @Override
    public void close() {
        members.values().forEach(member -> member.intake.close());
        hosts.forEach(Host::end);
    }

    /** The processes that are left. */
    List<Long> left() {
        return pids().stream().filter(pid -> !ReactorRig.isGone(pid)).toList();
    }

    /** A session, and how far it is. */
    private final class Member {
        private final ThreadId threadId;
        private final TurnId turnId;
        private final AcpProtocol protocol = new AcpProtocol(this::newActionId, Set.of());
        private final Intake intake;
        private long sequence;
        private final AtomicLong said = new AtomicLong();

        Member(String name) {
            threadId = new ThreadId(name);
            turnId = new TurnId(name + "-turn");
            intake = new Intake(threadId, writer, InstantSource.system());
            members.put(threadId, this);
        }

        private ActionId newActionId() {
            throw new AssertionError("nobody asks");
        }

        void heard(List<ProviderEvent> events) {
            for (ProviderEvent event : events) {
                intake.add(event instanceof ProviderEvent.SessionUpdate ? null : turnId, event);
            }
        }

        /** Null when an event is the next one. */
        @Nullable String check(IngestProviderEvent command) {
            if (command.turnId() == null) {
                return null;
            }
            if (command.providerSequence() != ++sequence) {
                return "%s: event %d comes as the %d."
                        .formatted(threadId, command.providerSequence(), sequence);
            }
            if (command.event() instanceof ProviderEvent.TextDelta(var text, _)) {
                int from = (int) (said.getAndAdd(text.length()) % words.length());
                return words.startsWith(text, from) ? null : threadId + " said " + text;
            }
            ended.countDown();
            return said.get() == characters()
                            && command.event() instanceof ProviderEvent.TurnComplete
                    ? null
                    : "%s ended after %d characters: %s"
                            .formatted(threadId, said.get(), command.event());
        }
    }

    /** Takes one event after the other, slowly, and keeps none. */
    private final class StrictWriter implements CommandGateway {
        private final ReentrantLock lock = new ReentrantLock();
        private volatile @Nullable String wrong;

        @Override
        public CompletableFuture<DispatchResult> submit(OrchestrationCommand command) {
            lock.lock();
            try {
                IngestProviderEvent said = (IngestProviderEvent) command;
                String found = Objects.requireNonNull(members.get(said.threadId())).check(said);
                if (found != null && wrong == null) {
                    wrong = found;
                }
                long count = taken.incrementAndGet();
                if (count % 1_000 == 0) {
                    LockSupport.parkNanos(1_000_000);
                }
                return CompletableFuture.completedFuture(new DispatchResult.Accepted(count, count));
            } finally {
                lock.unlock();
            }
        }

        @Override
        public CompletableFuture<DispatchResult> dispatch(CommandEnvelope envelope) {
            throw new AssertionError("nobody but agents speaks");
        }
    }

    /** A process with several sessions on one connection. */
    private final class Host implements RpcListener {
        private final AgentProcess process;
        private final RpcConnection connection;
        private final List<Member> sessions = new ArrayList<>();
        private final Map<String, Member> asked = new ConcurrentHashMap<>();
        private final Map<String, Member> byId = new ConcurrentHashMap<>();
        private final ReentrantLock lock = new ReentrantLock();
        private @Nullable Member speaking;

        Host(int number, int count, Path script) throws ProviderFailure {
            process =
                    launcher.start(
                            new AgentCommand("'crowd'", ScriptedCommand.words(script)), home);
            connection =
                    new RpcConnection(
                            "crowd-" + number, process.output(), process.input(), MAX_LINE, this);
            for (int i = 0; i < count; i++) {
                sessions.add(new Member("t-%d-%d".formatted(number, i)));
            }
        }

        void open() throws InterruptedException {
            connection.start();
            ask(sessions.getFirst(), "initialize", Json.object().put("protocolVersion", 1));
            for (Member member : sessions) {
                var params = Json.object().put("cwd", home.toString());
                params.putArray("mcpServers");
                RpcMessage opened = ask(member, "session/new", params);
                if (opened instanceof RpcMessage.Response(_, var result)) {
                    byId.put(String.valueOf(Json.text(result, "sessionId")), member);
                }
            }
        }

        private RpcMessage ask(Member member, String method, JsonNode params)
                throws InterruptedException {
            return say(member, method, params).join();
        }

        private CompletableFuture<RpcMessage> say(Member member, String method, JsonNode params) {
            lock.lock();
            try {
                speaking = member;
                return connection.request(method, params);
            } finally {
                speaking = null;
                lock.unlock();
            }
        }

        void prompt() throws ProviderFailure {
            for (Member member : sessions) {
                RpcMessage.Request prompt =
                        member.protocol.prompt(List.of(new MessageContent.Text("go")));
                var _ = say(member, prompt.method(), prompt.params());
            }
        }

        @Override
        public void sending(RpcMessage message) {
            Member member = speaking;
            if (member != null && message instanceof RpcMessage.Request(var id, _, _)) {
                asked.put(RpcMessage.key(id), member);
                locked(member, () -> member.protocol.normaliser().sending(message));
            }
        }

        private void locked(Member member, Runnable action) {
            synchronized (member) {
                action.run();
            }
        }

        @Override
        public void received(RpcMessage message) {
            Member member =
                    switch (message) {
                        case RpcMessage.Response(var id, _) -> asked.remove(RpcMessage.key(id));
                        case RpcMessage.Failure(var id, _, _, _) ->
                                asked.remove(RpcMessage.key(id));
                        case RpcMessage.Notification(_, var params) ->
                                byId.get(String.valueOf(Json.text(params, "sessionId")));
                        case RpcMessage.Request _ -> null;
                    };
            if (member != null) {
                locked(
                        member,
                        () -> {
                            Heard heard = member.protocol.normaliser().received(message);
                            member.heard(heard.events());
                        });
                member.intake.awaitRoom();
            }
        }

        @Override
        public void ended() {}

        void end() {
            process.end(connection::closeOutput);
        }
    }
}

package dev.stele.provider.acp;

import dev.stele.contracts.ActionId;
import dev.stele.contracts.MessageContent;
import dev.stele.contracts.ProviderError;
import dev.stele.contracts.ProviderEvent;
import dev.stele.provider.process.AgentProcess;
import dev.stele.provider.process.ProviderFailure;
import dev.stele.provider.rpc.Json;
import dev.stele.provider.rpc.RpcConnection;
import dev.stele.provider.rpc.RpcListener;
import dev.stele.provider.rpc.RpcMessage;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * One session with one agent process: opens it, prompts, answers, cancels. Thread-safe; only {@link
 * #open}, {@link #end} and {@link #kill} wait for the agent.
 */
public final class AcpSession {
    private static final Duration GRACE_AFTER_EXIT = Duration.ofSeconds(1);

    private final AgentProcess process;
    private final SessionEvents events;
    private final RpcConnection connection;
    private final Normaliser normaliser;
    private final LastWords lastWords;

    /** Taken inside the connection's own lock: nothing is sent while it is held. */
    private final ReentrantLock lock = new ReentrantLock();

    private final Set<String> answering = new HashSet<>();
    private @Nullable ProviderError killedBecause;
    private boolean gone;
    private volatile JsonNode initialized = MissingNode.getInstance();
    private volatile long lastSpoken = System.nanoTime();

    /**
     * A session with a process that has just been started.
     *
     * @param process the agent
     * @param maxLine the longest message that is taken, in bytes
     * @param events where its events go
     */
    public AcpSession(AgentProcess process, int maxLine, SessionEvents events) {
        this.process = process;
        this.events = events;
        normaliser = new Normaliser(events::newActionId);
        lastWords = new LastWords(process);
        connection =
                new RpcConnection(
                        "agent-" + process.pid(),
                        process.output(),
                        process.input(),
                        maxLine,
                        new Ears());
    }

    /**
     * Starts to listen, and opens a session in a directory. Called once.
     *
     * @param directory the session's working directory, absolute
     * @param limit how long it may take
     * @throws ProviderFailure when the agent does not come up; the process still has to be ended
     * @throws InterruptedException when the waiting thread is interrupted
     */
    public void open(Path directory, Duration limit) throws ProviderFailure, InterruptedException {
        connection.start();
        process.onExit(this::leaveSoon);
        var handshake = new Handshake(connection, lastWords, limit);
        initialized = handshake.initialize();
        handshake.openSession(directory);
    }

    /**
     * Sends a prompt. From now on a turn is open, until its one end goes to the events.
     *
     * @param prompt what is said
     * @throws ProviderFailure when the agent does not take such a prompt; no turn is open then
     */
    public void prompt(List<MessageContent> prompt) throws ProviderFailure {
        ObjectNode params = ofSession();
        params.set("prompt", new PromptBlocks(initialized).of(prompt));
        lastSpoken = System.nanoTime();
        var _ = connection.request(Normaliser.PROMPT, params);
        if (locked(() -> gone)) {
            endTurn(lastWords.crashed());
        }
    }

    /**
     * Answers a question. One that is not open is left alone.
     *
     * @param actionId the question
     * @param optionId the option to answer with; null answers that it is cancelled
     */
    public void answer(ActionId actionId, @Nullable String optionId) {
        for (Question question : questions()) {
            if (question.actionId().equals(actionId)) {
                answer(question.requestId(), optionId);
            }
        }
    }

    /**
     * Cancels the open turn, then answers all that is open as cancelled. The turn ends when the
     * agent says so.
     *
     * @param cause names the reason where it is not that someone asked for it
     */
    public void cancel(@Nullable String cause) {
        if (locked(() -> normaliser.cancelBecause(cause))) {
            connection.notify(Normaliser.CANCEL, ofSession());
            answerAllCancelled();
        }
    }

    /** How long the agent has been silent while nobody else was waited for. */
    public Duration silence() {
        if (!questions().isEmpty()) {
            return Duration.ZERO;
        }
        long spoken = System.nanoTime() - lastSpoken;
        return Duration.ofNanos(Math.min(connection.silence(), spoken));
    }

    /** Whether it can take another prompt. */
    public boolean isUsable() {
        return process.isAlive() && !locked(() -> gone);
    }

    /** Words about this agent, for errors. */
    public LastWords lastWords() {
        return lastWords;
    }

    /** Ends the process and all that it started, see {@link AgentProcess#end}. */
    public void end() {
        process.end(connection::closeOutput);
    }

    /**
     * Ends the process and all that it started at once, then the open turn, if any.
     *
     * @param why how the turn ended
     */
    public void kill(ProviderError why) {
        locked(() -> killedBecause = why);
        connection.closeOutput();
        process.kill();
        endTurn(why);
    }

    private <T extends @Nullable Object> T locked(Supplier<T> action) {
        lock.lock();
        try {
            return action.get();
        } finally {
            lock.unlock();
        }
    }

    private List<Question> questions() {
        return locked(normaliser::questions);
    }

    private ObjectNode ofSession() {
        return Json.object().put("sessionId", locked(normaliser::sessionId));
    }

    private void endTurn(ProviderError error) {
        locked(() -> add(normaliser.broken(error)));
    }

    /** For use under the lock. */
    private List<ProviderEvent> add(List<ProviderEvent> found) {
        if (!found.isEmpty()) {
            events.add(found);
        }
        return found;
    }

    private void answerAllCancelled() {
        for (Question question : questions()) {
            answer(question.requestId(), null);
        }
    }

    /** A question may be answered by a person and by a cancel at once: the first answer is sent. */
    private void answer(JsonNode requestId, @Nullable String optionId) {
        String key = RpcMessage.key(requestId);
        if (locked(() -> normaliser.isOpen(key) && answering.add(key))) {
            lastSpoken = System.nanoTime();
            send(requestId, optionId);
            locked(() -> answering.remove(key));
        }
    }

    private void send(JsonNode requestId, @Nullable String optionId) {
        connection.send(new RpcMessage.Response(requestId, outcome(optionId)));
    }

    private static ObjectNode outcome(@Nullable String optionId) {
        ObjectNode result = Json.object();
        ObjectNode outcome = result.putObject("outcome");
        if (optionId == null) {
            outcome.put("outcome", "cancelled");
        } else {
            outcome.put("outcome", "selected").put("optionId", optionId);
        }
        return result;
    }

    /**
     * Something that the agent started may hold its pipe open: the pipe's end is not waited for.
     */
    private void leaveSoon() {
        CompletableFuture.delayedExecutor(
                        GRACE_AFTER_EXIT.toMillis(),
                        TimeUnit.MILLISECONDS,
                        Thread::startVirtualThread)
                .execute(this::leave);
    }

    /** Nothing of the agent may work on when its turn ends: first the processes, then the turn. */
    private void leave() {
        process.kill();
        ProviderError crash = lastWords.crashed();
        locked(() -> {
            gone = true;
            return add(normaliser.broken(killedBecause != null ? killedBecause : crash));
        });
    }

    /** Hears the connection, and answers what needs no person. */
    private final class Ears implements RpcListener {

        @Override
        public void sending(RpcMessage message) {
            locked(() -> {
                normaliser.sending(message);
                return message;
            });
        }

        @Override
        public void received(RpcMessage message) {
            List<ProviderEvent> found =
                    locked(() -> gone ? List.of() : add(normaliser.received(message)));
            if (message instanceof RpcMessage.Request request) {
                respond(request, found);
            }
            for (ProviderEvent event : found) {
                if (event instanceof ProviderEvent.ApprovalWithdrawn) {
                    confirmWithdrawn(message);
                }
            }
            if (!locked(normaliser::isInTurn)) {
                answerAllCancelled();
            }
            events.awaitRoom();
        }

        /** What is put to a person is answered later; it may be answered already. */
        private void respond(RpcMessage.Request request, List<ProviderEvent> found) {
            if (!request.method().equals(Normaliser.PERMISSION)) {
                refuse(
                        request.id(),
                        RpcMessage.METHOD_NOT_FOUND,
                        "Stele does not offer " + request.method());
            } else if (found.stream().noneMatch(ProviderEvent.AwaitingApproval.class::isInstance)) {
                send(request.id(), null);
            }
        }

        private void confirmWithdrawn(RpcMessage message) {
            if (message instanceof RpcMessage.Notification(_, var params)) {
                refuse(params.path("requestId"), RpcMessage.REQUEST_CANCELLED, "cancelled");
            }
        }

        private void refuse(JsonNode requestId, int code, String message) {
            connection.send(
                    new RpcMessage.Failure(requestId, code, message, MissingNode.getInstance()));
        }

        @Override
        public void garbage(String text) {
            lastWords.printed(text);
            locked(() -> add(normaliser.garbage(text)));
            events.awaitRoom();
        }

        @Override
        public void ended() {
            process.awaitExit(GRACE_AFTER_EXIT);
            leave();
        }
    }
}

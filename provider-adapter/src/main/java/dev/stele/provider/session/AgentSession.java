package dev.stele.provider.session;

import dev.stele.contracts.ActionId;
import dev.stele.contracts.MessageContent;
import dev.stele.contracts.ProviderError;
import dev.stele.contracts.ProviderEvent;
import dev.stele.provider.process.AgentProcess;
import dev.stele.provider.process.ProviderFailure;
import dev.stele.provider.rpc.RpcConnection;
import dev.stele.provider.rpc.RpcListener;
import dev.stele.provider.rpc.RpcMessage;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One session with one agent process: opens it, prompts, answers, cancels. Thread-safe; only {@link
 * #open}, {@link #end} and {@link #kill} wait for the agent.
 */
public final class AgentSession {
    private static final Duration GRACE_AFTER_EXIT = Duration.ofSeconds(1);

    private final AgentProcess process;
    private final Protocol protocol;
    private final Normaliser normaliser;
    private final SessionEvents events;
    private final WireTap tap;
    private final RpcConnection connection;
    private final Serving serving;
    private final Discretion discretion = new Discretion();
    private final LastWords lastWords;

    /** Taken inside the connection's own lock: nothing is sent while it is held. */
    private final ReentrantLock lock = new ReentrantLock();

    private final Set<String> answering = new HashSet<>();
    private @Nullable ProviderError killedBecause;
    private boolean gone;
    private volatile long lastSpoken = System.nanoTime();

    /**
     * A session with a process that has just been started.
     *
     * @param process the agent
     * @param protocol what it speaks
     * @param services what it may ask for; closed with the session
     * @param maxLine the longest message that is taken, in bytes
     * @param events where its events go
     * @param tap hears the wire
     */
    public AgentSession(
            AgentProcess process,
            Protocol protocol,
            ClientServices services,
            int maxLine,
            SessionEvents events,
            WireTap tap) {
        this.process = process;
        this.protocol = protocol;
        this.normaliser = protocol.normaliser();
        this.events = events;
        this.tap = tap;
        lastWords = new LastWords(process);
        connection =
                new RpcConnection(
                        "agent-" + process.pid(),
                        process.output(),
                        process.input(),
                        maxLine,
                        new Ears());
        serving = new Serving(services, connection::send);
    }

    /**
     * Starts to listen, and opens a session. Called once.
     *
     * @param opening what session is wanted
     * @param limit how long it may take
     * @return whether it is the wanted earlier session, and so knows what was said in it
     * @throws ProviderFailure when the agent does not come up; the process still has to be ended
     * @throws InterruptedException when the waiting thread is interrupted
     */
    public boolean open(Opening opening, Duration limit)
            throws ProviderFailure, InterruptedException {
        connection.start();
        process.onExit(this::leaveSoon);
        return protocol.open(new Asking(connection, lastWords, limit), opening);
    }

    /**
     * Sends a prompt. From now on a turn is open, until its one end goes to the events.
     *
     * @param prompt what is said
     * @throws ProviderFailure when the agent does not take such a prompt; no turn is open then
     */
    public void prompt(List<MessageContent> prompt) throws ProviderFailure {
        RpcMessage.Request request;
        lock.lock();
        try {
            request = protocol.prompt(prompt);
        } finally {
            lock.unlock();
        }
        lastSpoken = System.nanoTime();
        say(request);
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
                answer(question, optionId);
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
        locked(() -> protocol.cancel(cause)).forEach(this::say);
        answerAllCancelled();
    }

    /** How long the agent has been silent while nobody else was waited for. */
    public Duration silence() {
        if (!questions().isEmpty() || serving.isBusy()) {
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
        serving.close();
        process.end(connection::closeOutput);
    }

    /** Ends the process and all that it started at once; for a session that was never opened. */
    public void abandon() {
        serving.close();
        process.kill();
    }

    /**
     * Ends the process and all that it started at once, then the open turn, if any.
     *
     * @param why how the turn ended
     */
    public void kill(ProviderError why) {
        locked(() -> killedBecause = why);
        serving.close();
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

    private void endTurn(ProviderError error) {
        locked(() -> add(normaliser.broken(error)));
    }

    /** For use under the lock. */
    private List<ProviderEvent> add(List<ProviderEvent> found) {
        if (!found.isEmpty()) {
            events.add(found.stream().map(discretion::of).toList());
        }
        return found;
    }

    private void say(RpcMessage message) {
        if (message instanceof RpcMessage.Request(_, var method, var params)) {
            var _ = connection.request(method, params);
        } else {
            connection.send(message);
        }
    }

    private void answerAllCancelled() {
        for (Question question : questions()) {
            answer(question, null);
        }
    }

    /** A question may be answered by a person and by a cancel at once: the first answer is sent. */
    private void answer(Question question, @Nullable String optionId) {
        RpcMessage.Response answer = locked(() -> answerOnce(question, optionId));
        if (answer != null) {
            lastSpoken = System.nanoTime();
            say(answer);
            locked(() -> answering.remove(question.key()));
        }
    }

    /** For use under the lock. */
    private RpcMessage.@Nullable Response answerOnce(Question question, @Nullable String optionId) {
        if (!normaliser.questions().contains(question) || answering.contains(question.key())) {
            return null;
        }
        RpcMessage.Response answer = protocol.answer(question, optionId);
        if (answer != null) {
            answering.add(question.key());
        }
        return answer;
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
        serving.close();
        ProviderError crash = lastWords.crashed();
        process.kill();
        locked(() -> {
            gone = true;
            return add(normaliser.broken(killedBecause != null ? killedBecause : crash));
        });
        tap.exited(process.exitCode());
    }

    /** Hears the connection. */
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
            Heard heard = locked(() -> gone ? Heard.NOTHING : take(message));
            heard.replies().forEach(AgentSession.this::say);
            serving.hear(message);
            if (!locked(normaliser::isInTurn)) {
                answerAllCancelled();
            }
            events.awaitRoom();
        }

        private Heard take(RpcMessage message) {
            Heard heard = normaliser.received(message);
            add(heard.events());
            return heard;
        }

        @Override
        public void wire(boolean ours, String line) {
            tap.line(ours, line);
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

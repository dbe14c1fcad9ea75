package dev.stele.provider.reactor;

import dev.stele.contracts.ProviderError;
import dev.stele.contracts.ProviderEvent;
import dev.stele.contracts.ThreadId;
import dev.stele.contracts.TurnId;
import dev.stele.domain.command.OrchestrationCommand.IngestProviderEvent;
import dev.stele.domain.port.CommandGateway;
import dev.stele.domain.port.DispatchResult;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingDeque;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings the events of one thread's agent to the writer: in their order, many at a time, and each
 * again under its own sequence until it is taken or this is closed. Adding never waits; who reads
 * from an agent sends what it added itself, so that no other thread has to wake up for it, and
 * waits for room. Thread-safe.
 */
final class Intake implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Intake.class);

    private static final int ROOM = 512;
    private static final int MOST_UNDER_WAY = 256;

    private final ThreadId threadId;
    private final Submission submission;
    private final InstantSource clock;
    private final Queue<Heard> waiting = new ConcurrentLinkedQueue<>();
    private final Semaphore news = new Semaphore(0);

    /** Held while something is sent: what waits is numbered and sent by one thread at a time. */
    private final ReentrantLock sending = new ReentrantLock();

    private final LinkedBlockingDeque<Sent> underWay = new LinkedBlockingDeque<>();
    private final Map<TurnId, Long> lastSequence = new HashMap<>();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition room = lock.newCondition();
    private final Thread carrier;
    private int untaken;
    private volatile boolean closed;

    /**
     * An intake that works at once.
     *
     * @param threadId the thread that the events belong to
     * @param gateway where they go
     * @param clock tells when they were heard
     */
    Intake(ThreadId threadId, CommandGateway gateway, InstantSource clock) {
        this.threadId = threadId;
        this.submission = new Submission(gateway);
        this.clock = clock;
        carrier = Thread.ofVirtual().name("intake-" + threadId).start(this::carry);
    }

    private record Heard(@Nullable TurnId turnId, ProviderEvent event, Instant at) {}

    private record Sent(IngestProviderEvent command, CompletableFuture<DispatchResult> answer) {}

    /**
     * Takes an event. After {@link #close} it is dropped.
     *
     * @param turnId the turn that it belongs to, or null for news of the session
     * @param event what was heard
     */
    void add(@Nullable TurnId turnId, ProviderEvent event) {
        lock.lock();
        try {
            if (!closed) {
                untaken++;
                waiting.add(new Heard(turnId, event, clock.instant()));
                news.release();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Sends what was added, then waits while there is no room. When closed it does neither. */
    void awaitRoom() {
        try {
            sendWaiting();
        } catch (InterruptedException e) {
            throw new AssertionError("nobody interrupts who reads from an agent", e);
        }
        lock.lock();
        try {
            while (untaken >= ROOM && !closed) {
                room.awaitUninterruptibly();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Whether every event that was added is taken. */
    boolean isEmpty() {
        lock.lock();
        try {
            return untaken == 0;
        } finally {
            lock.unlock();
        }
    }

    /** Stops. What is not taken is dropped. */
    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            room.signalAll();
        } finally {
            lock.unlock();
        }
        carrier.interrupt();
    }

    private void carry() {
        try {
            while (true) {
                Sent oldest = underWay.peekFirst();
                if (oldest != null) {
                    settle(oldest);
                } else if (waiting.isEmpty()) {
                    news.acquire();
                    news.drainPermits();
                }
                sendWaiting();
            }
        } catch (InterruptedException _) {
            // Closed.
        }
    }

    private void sendWaiting() throws InterruptedException {
        sending.lock();
        try {
            while (!closed && !waiting.isEmpty() && underWay.size() < MOST_UNDER_WAY) {
                Heard next = waiting.remove();
                IngestProviderEvent command = command(next.turnId(), next.event(), next.at());
                underWay.add(new Sent(command, submission.send(command)));
            }
        } finally {
            sending.unlock();
        }
    }

    /** For use by who sends. */
    private IngestProviderEvent command(@Nullable TurnId turnId, ProviderEvent event, Instant at) {
        long sequence = turnId == null ? 0 : lastSequence.merge(turnId, 1L, Long::sum);
        if (turnId != null && Events.endsTurn(event)) {
            lastSequence.remove(turnId);
        }
        return new IngestProviderEvent(threadId, turnId, sequence, event, at);
    }

    private void settle(Sent oldest) throws InterruptedException {
        DispatchResult result = Submission.await(oldest.answer());
        if (Submission.isTaken(result)) {
            underWay.removeFirst();
            settled(oldest.command(), result);
        } else {
            sendAgain();
        }
    }

    /** Later events must not pass one that was not taken: all go again, one after the other. */
    private void sendAgain() throws InterruptedException {
        sending.lock();
        try {
            for (Sent sent : underWay) {
                Submission.await(sent.answer());
            }
            for (Sent sent = underWay.pollFirst(); sent != null; sent = underWay.pollFirst()) {
                IngestProviderEvent command = sent.command();
                DispatchResult result = Submission.await(sent.answer());
                settled(
                        command,
                        Submission.isTaken(result) ? result : submission.untilTaken(command));
            }
        } finally {
            sending.unlock();
        }
    }

    private void settled(IngestProviderEvent command, DispatchResult result)
            throws InterruptedException {
        if (result instanceof DispatchResult.Unencodable(var why)) {
            tellUnrecordable(command, why);
        }
        lock.lock();
        try {
            untaken--;
            room.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** What the log cannot hold is told there, later than it was heard; an end still ends. */
    private void tellUnrecordable(IngestProviderEvent command, String why)
            throws InterruptedException {
        log.warn("An event of thread {} cannot be recorded: {}", threadId, why);
        String sentence = "The agent said something that cannot be recorded: " + why;
        ProviderEvent told =
                Events.endsTurn(command.event())
                        ? new ProviderEvent.Error(
                                ProviderError.of(
                                        ProviderError.Scope.TURN,
                                        ProviderError.Kind.PROTOCOL,
                                        sentence))
                        : new ProviderEvent.Notice("unrecordable", Events.jsonString(sentence));
        sending.lock();
        try {
            submission.untilTaken(command(command.turnId(), told, command.at()));
        } finally {
            sending.unlock();
        }
    }
}

package dev.stele.app.embedding;

import dev.stele.contracts.ActionId;
import dev.stele.contracts.MessageContent;
import dev.stele.contracts.MessageContent.ToolCall;
import dev.stele.contracts.MessageContent.ToolResult;
import dev.stele.contracts.PermissionOption;
import dev.stele.contracts.PermissionOption.Kind;
import dev.stele.contracts.ProviderError;
import dev.stele.contracts.ProviderEvent;
import dev.stele.contracts.StopReason;
import dev.stele.contracts.ToolOutcome;
import dev.stele.contracts.TurnId;
import dev.stele.domain.command.OrchestrationCommand.IngestProviderEvent;
import dev.stele.domain.model.Turn;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One turn of an agent: the agent works on one thread and speaks into a queue, and another thread
 * carries what it says to the log, so that stopping the one never cuts the other short.
 */
final class JavaTurn implements JavaAgent.Talk {
    private final Turn turn;
    private final @Nullable JavaAgent agent;
    private final Reporting reporting;
    private final LinkedBlockingQueue<ProviderEvent> said = new LinkedBlockingQueue<>();
    private final Map<ActionId, CompletableFuture<Boolean>> questions = new ConcurrentHashMap<>();
    private final Thread work = Thread.ofVirtual().unstarted(this::work);
    private final Thread carrier = Thread.ofVirtual().unstarted(this::carry);
    private int tools;

    /**
     * A turn that has not begun.
     *
     * @param turn what the log knows of it
     * @param agent who does it; null when there is no such agent
     * @param reporting the way to the log
     */
    JavaTurn(Turn turn, @Nullable JavaAgent agent, Reporting reporting) {
        this.turn = turn;
        this.agent = agent;
        this.reporting = reporting;
    }

    TurnId id() {
        return turn.id();
    }

    void start() {
        work.start();
        carrier.start();
    }

    /** Ends it as cancelled without a word of the agent. */
    void startCancelled() {
        said.add(complete(StopReason.CANCELLED));
        carrier.start();
    }

    void cancel() {
        work.interrupt();
    }

    boolean isOver() {
        return !carrier.isAlive() && !work.isAlive();
    }

    /** Stops both threads; what was not carried yet is lost, as with a process that dies. */
    void close() throws InterruptedException {
        carrier.interrupt();
        carrier.join();
        work.interrupt();
        work.join();
    }

    void answer(ActionId question, boolean allowed) {
        CompletableFuture<Boolean> waiting = questions.get(question);
        if (waiting != null) {
            waiting.complete(allowed);
        }
    }

    private void work() {
        try {
            if (agent == null) {
                said.add(error(ProviderError.Kind.START, "There is no such agent; name another."));
            } else {
                agent.turn(prompt(), this);
                said.add(complete(StopReason.END_TURN));
            }
        } catch (InterruptedException cancelled) {
            said.add(complete(StopReason.CANCELLED));
        } catch (RuntimeException failure) {
            said.add(error(ProviderError.Kind.CRASH, "The agent failed: " + failure));
        }
    }

    private String prompt() {
        return Objects.requireNonNull(turn.live()).messages().head().content().stream()
                .map(block -> block instanceof MessageContent.Text(var text) ? text : "")
                .collect(Collectors.joining());
    }

    private static ProviderEvent complete(StopReason reason) {
        return new ProviderEvent.TurnComplete(reason, null, null, null);
    }

    private static ProviderEvent error(ProviderError.Kind kind, String why) {
        return new ProviderEvent.Error(ProviderError.of(ProviderError.Scope.TURN, kind, why));
    }

    private void carry() {
        try {
            boolean ended = false;
            for (long sequence = 1; !ended; sequence++) {
                ProviderEvent event = said.take();
                reporting.untilTaken(
                        new IngestProviderEvent(
                                turn.threadId(), turn.id(), sequence, event, Instant.now()));
                ended =
                        event instanceof ProviderEvent.TurnComplete
                                || event instanceof ProviderEvent.Error;
            }
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void say(String words) {
        said.add(new ProviderEvent.TextDelta(words, null));
    }

    @Override
    public void tool(String name, String input, String output) {
        tools++;
        String id = "call-" + tools;
        said.add(new ProviderEvent.ToolCall(ToolCall.of(id, name, input)));
        said.add(new ProviderEvent.ToolResult(ToolResult.of(id, output, ToolOutcome.SUCCEEDED)));
    }

    @Override
    public boolean ask(String question) throws InterruptedException {
        var id = new ActionId(turn.id() + "-" + (questions.size() + 1));
        var answer = new CompletableFuture<Boolean>();
        questions.put(id, answer);
        said.add(
                new ProviderEvent.AwaitingApproval(
                        id,
                        null,
                        question,
                        List.of(
                                new PermissionOption("yes", "Yes", Kind.ALLOW_ONCE),
                                new PermissionOption("no", "No", Kind.REJECT_ONCE))));
        try {
            return answer.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("an answer never fails", e);
        }
    }
}

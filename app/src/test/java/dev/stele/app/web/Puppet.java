package dev.stele.app.web;

import dev.stele.app.Ids;
import dev.stele.app.Stele;
import dev.stele.app.support.Waiting;
import dev.stele.contracts.ActionId;
import dev.stele.contracts.CheckpointId;
import dev.stele.contracts.MessageContent;
import dev.stele.contracts.MessageContent.ToolCall;
import dev.stele.contracts.MessageContent.ToolResult;
import dev.stele.contracts.PermissionOption;
import dev.stele.contracts.PlanEntry;
import dev.stele.contracts.ProviderEvent;
import dev.stele.contracts.StopReason;
import dev.stele.contracts.ThreadId;
import dev.stele.contracts.TokenUsage;
import dev.stele.contracts.ToolCallStatus;
import dev.stele.contracts.ToolKind;
import dev.stele.contracts.ToolOutcome;
import dev.stele.contracts.ToolOutput;
import dev.stele.contracts.TurnId;
import dev.stele.domain.command.OrchestrationCommand.IngestProviderEvent;
import dev.stele.domain.command.OrchestrationCommand.StartTurn;
import dev.stele.domain.model.CheckpointState;
import dev.stele.domain.port.DispatchResult;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** An agent that says and does what a test tells it to, when it tells it. */
final class Puppet {
    private final Stele stele;
    private final ThreadId thread;
    private final AtomicLong told = new AtomicLong();
    private @Nullable TurnId turn;

    Puppet(Stele stele, ThreadId thread) {
        this.stele = stele;
        this.thread = thread;
    }

    ThreadId thread() {
        return thread;
    }

    TurnId turn() {
        return Objects.requireNonNull(turn);
    }

    /** Begins a turn; the agent may speak once its checkpoint is there. */
    Puppet prompted(String text) {
        turn = Ids.turn();
        stele.execute(
                new StartTurn(
                        turn(), thread, List.of(new MessageContent.Text(text)), Instant.now()));
        return ready();
    }

    /** Takes the turn that somebody else began. */
    Puppet promptedByOthers() {
        Waiting.until("the turn is there", () -> openTurn() != null);
        turn = openTurn();
        return ready();
    }

    private @Nullable TurnId openTurn() {
        return Objects.requireNonNull(stele.model().thread(thread)).openTurn();
    }

    private Puppet ready() {
        awaitCheckpoint(turn() + "-before");
        return this;
    }

    void awaitCheckpoint(String id) {
        var checkpointId = new CheckpointId(id);
        Waiting.until(
                "the checkpoint " + id + " is taken",
                () -> {
                    var checkpoint = stele.model().checkpoint(checkpointId);
                    return checkpoint != null
                            && checkpoint.state() instanceof CheckpointState.Ready;
                });
    }

    Puppet says(String text) {
        return says(text, null);
    }

    /** Another id is another message. */
    Puppet says(String text, @Nullable String messageId) {
        return tell(new ProviderEvent.TextDelta(text, messageId));
    }

    Puppet thinks(String text) {
        return tell(new ProviderEvent.ThinkingDelta(text, null));
    }

    Puppet plans(PlanEntry... steps) {
        return tell(new ProviderEvent.PlanUpdate(List.of(steps)));
    }

    Puppet used(TokenUsage usage) {
        return tell(new ProviderEvent.UsageUpdate(usage));
    }

    Puppet calls(String id, ToolKind kind, String title, String input, ToolOutput... content) {
        return tell(
                new ProviderEvent.ToolCall(
                        new ToolCall(
                                id,
                                kind.name(),
                                input,
                                title,
                                kind,
                                ToolCallStatus.PENDING,
                                List.of(),
                                List.of(content),
                                null)));
    }

    Puppet result(String id, String output) {
        return tell(new ProviderEvent.ToolResult(ToolResult.of(id, output, ToolOutcome.SUCCEEDED)));
    }

    /** Asks for leave; what the id of the question is. */
    ActionId asks(String toolCallId, String title) {
        var action = new ActionId(turn() + "-" + told.get());
        tell(
                new ProviderEvent.AwaitingApproval(
                        action,
                        toolCallId,
                        title,
                        List.of(
                                option("yes", "Allow", PermissionOption.Kind.ALLOW_ONCE),
                                option("always", "Always", PermissionOption.Kind.ALLOW_ALWAYS),
                                option("no", "Reject", PermissionOption.Kind.REJECT_ONCE))));
        return action;
    }

    private static PermissionOption option(String id, String label, PermissionOption.Kind kind) {
        return new PermissionOption(id, label, kind);
    }

    Puppet finishes() {
        tell(new ProviderEvent.TurnComplete(StopReason.END_TURN, null, null, null));
        awaitCheckpoint(turn() + "-after");
        return this;
    }

    /** Says it to the log, which has it when this returns. */
    Puppet tell(ProviderEvent event) {
        stele.execute(report(event));
        return this;
    }

    /** Says it without waiting for the log. */
    CompletableFuture<DispatchResult> tellSoon(ProviderEvent event) {
        return stele.dispatch(report(event));
    }

    private IngestProviderEvent report(ProviderEvent event) {
        return new IngestProviderEvent(
                thread, turn(), told.incrementAndGet(), event, Instant.now());
    }
}

package dev.stele.domain.event;

import dev.stele.contracts.MessageContent;
import dev.stele.contracts.MessageContent.*;
import dev.stele.contracts.ToolOutput;
import dev.stele.contracts.ToolOutput.*;
import dev.stele.domain.event.OrchestrationEvent.*;
import dev.stele.domain.event.OrchestrationEvent.QueueEvent.*;
import dev.stele.domain.event.OrchestrationEvent.ThreadEvent.*;
import dev.stele.domain.event.OrchestrationEvent.TurnEvent.*;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How long facts and contents are, for whoever must not hold too much of them at once: how many
 * characters stand in the texts that agents and people may make as long as they like. Everything
 * else is small, and not counted.
 */
public final class Lengths {

    private Lengths() {}

    /**
     * {@return the length of a fact, in characters}
     *
     * @param event the fact
     */
    public static long of(OrchestrationEvent event) {
        return switch (event) {
            case TurnEvent e -> of(e);
            case NoticeRecorded e -> e.raw().length();
            case SessionUpdated e -> of(e.raw());
            case PromptQueued e -> of(e.prompt());
            case QueuedPromptEdited e -> of(e.prompt());
            case QueueEvent _,
                    ThreadEvent _,
                    ProjectEvent _,
                    ApprovalEvent _,
                    CheckpointEvent _,
                    OperationEvent _,
                    LogEvent _ ->
                    0;
        };
    }

    private static long of(TurnEvent event) {
        return switch (event) {
            case MessageChunkReceived e -> e.text().length();
            case MessageAppended e -> of(e.content());
            case ToolCallUpdated e -> of(e.change());
            case TurnStarted e -> of(e.prompt());
            case PlanUpdated e -> e.entries().stream().mapToLong(p -> p.content().length()).sum();
            case RetryReported _, TurnCompleted _, TurnFailed _, TurnInterrupted _, TurnDrained _ ->
                    0;
        };
    }

    /**
     * {@return the length of a content, in characters}
     *
     * @param content the content
     */
    public static long of(MessageContent content) {
        return switch (content) {
            case Text(var text) -> text.length();
            case ThinkingBlock(var text) -> text.length();
            case ToolCall call -> of(call.input()) + of(call.title()) + ofOutputs(call.content());
            case ToolResult result -> of(result.output()) + ofOutputs(result.content());
            case Image image -> image.data().length();
            case Resource resource -> of(resource.text()) + of(resource.blob());
            case ResourceLink _ -> 0;
        };
    }

    private static long of(List<MessageContent> prompt) {
        return prompt.stream().mapToLong(Lengths::of).sum();
    }

    private static long ofOutputs(@Nullable Collection<ToolOutput> outputs) {
        return outputs == null ? 0 : outputs.stream().mapToLong(Lengths::of).sum();
    }

    private static long of(ToolOutput output) {
        return switch (output) {
            case TextOutput(var text) -> text.length();
            case Diff(_, var before, var after) -> of(before) + after.length();
            case RawOutput(var raw) -> raw.length();
            case TerminalOutput _ -> 0;
        };
    }

    private static long of(@Nullable String text) {
        return text == null ? 0 : text.length();
    }
}

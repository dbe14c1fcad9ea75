package dev.stele.domain.history;

import static dev.stele.domain.decide.Scene.CRASH;
import static dev.stele.domain.decide.Scene.OPTIONS;

import dev.stele.contracts.MessageContent;
import dev.stele.contracts.PermissionOption;
import dev.stele.contracts.PlanEntry;
import dev.stele.contracts.ProviderEvent;
import dev.stele.contracts.ProviderEvent.*;
import dev.stele.contracts.StopReason;
import dev.stele.contracts.ThreadId;
import dev.stele.contracts.TokenUsage;
import dev.stele.contracts.ToolCallStatus;
import dev.stele.contracts.ToolOutcome;
import dev.stele.domain.model.OrchestrationReadModel;
import java.util.List;

/** What a random agent reports. */
final class RandomProviderEvents {

    private static final List<String> WORDS = List.of("a", "bc", "", "\uD83D\uDE00", "\uD83D");

    private final Draws draws;

    RandomProviderEvents(Draws draws) {
        this.draws = draws;
    }

    ProviderEvent next(ThreadId threadId, OrchestrationReadModel model) {
        return switch (draws.below(24)) {
            case 0, 1, 2, 3, 4 -> new TextDelta(draws.one(WORDS), draws.messageId());
            case 5, 6 -> new ThinkingDelta(draws.one(WORDS), draws.messageId());
            case 7, 8, 9 -> toolCall();
            case 10, 11, 12 -> toolResult();
            case 13, 14, 15, 16 -> question();
            case 17 -> new ApprovalWithdrawn(draws.action(model, threadId));
            case 18, 19, 20 -> end();
            case 21 -> new ProviderEvent.Error(CRASH);
            default -> news();
        };
    }

    private ToolCall toolCall() {
        return new ToolCall(
                new MessageContent.ToolCall(
                        draws.toolCall(),
                        draws.oneIn(2) ? "bash" : null,
                        draws.oneIn(2) ? "{}" : null,
                        draws.oneIn(3) ? draws.one(WORDS) : null,
                        null,
                        draws.oneIn(2) ? ToolCallStatus.IN_PROGRESS : null,
                        null,
                        draws.oneIn(4) ? List.of() : null,
                        null));
    }

    private ToolResult toolResult() {
        var outcome = draws.one(List.of(ToolOutcome.values()));
        return new ToolResult(
                MessageContent.ToolResult.of(draws.toolCall(), draws.one(WORDS), outcome)
                        .withUnmatched(draws.oneIn(2)));
    }

    private AwaitingApproval question() {
        List<PermissionOption> options =
                OPTIONS.stream().filter(option -> !draws.oneIn(4)).toList();
        return new AwaitingApproval(
                draws.newAction(), draws.oneIn(3) ? null : draws.toolCall(), "May I?", options);
    }

    private TurnComplete end() {
        return new TurnComplete(
                draws.one(List.of(StopReason.values())),
                draws.oneIn(2) ? "raw" : null,
                null,
                draws.oneIn(2) ? usage() : null);
    }

    private TokenUsage usage() {
        long tokens = draws.below(100);
        return new TokenUsage(
                draws.oneIn(2) ? tokens : null, tokens, null, null, null, null, null, null, null);
    }

    private ProviderEvent news() {
        return switch (draws.below(5)) {
            case 0 -> new PlanUpdate(List.of(new PlanEntry("look", "pending", null)));
            case 1 -> new UsageUpdate(usage());
            case 2 -> new SessionUpdate("s1", null, draws.messageId(), "modes", "{}");
            case 3 -> new Retrying("again");
            default -> new Notice("odd", "{}");
        };
    }
}

package dev.stele.domain.tck;

import dev.stele.contracts.ActionId;
import dev.stele.contracts.PermissionOption;
import dev.stele.contracts.PlanEntry;
import dev.stele.contracts.ProviderError;
import dev.stele.contracts.ProviderEvent;
import dev.stele.contracts.ProviderEvent.ApprovalWithdrawn;
import dev.stele.contracts.ProviderEvent.AwaitingApproval;
import dev.stele.contracts.ProviderEvent.Notice;
import dev.stele.contracts.ProviderEvent.PlanUpdate;
import dev.stele.contracts.ProviderEvent.Retrying;
import dev.stele.contracts.ProviderEvent.SessionUpdate;
import dev.stele.contracts.ProviderEvent.TextDelta;
import dev.stele.contracts.ProviderEvent.ThinkingDelta;
import dev.stele.contracts.ProviderEvent.TurnComplete;
import dev.stele.contracts.ProviderEvent.UsageUpdate;
import dev.stele.contracts.StopReason;
import dev.stele.contracts.TokenUsage;
import java.util.List;

/** Provider events of every kind, and the values that they hold. */
final class SampleProviderEvents {

    static final ActionId ACTION = new ActionId("act-1");

    static final List<PermissionOption> OPTIONS =
            List.of(
                    new PermissionOption("allow", "Allow", PermissionOption.Kind.ALLOW_ONCE),
                    new PermissionOption("always", "Always", PermissionOption.Kind.ALLOW_ALWAYS),
                    new PermissionOption("reject", "Reject", PermissionOption.Kind.REJECT_ONCE),
                    new PermissionOption("never", "Never", PermissionOption.Kind.REJECT_ALWAYS),
                    new PermissionOption("ask", "Ask the team", PermissionOption.Kind.OTHER));

    static final List<PlanEntry> PLAN =
            List.of(
                    new PlanEntry("Read the failing test", "completed", "high"),
                    new PlanEntry("Mend the clock", "in_progress", null));

    static final TokenUsage FULL_USAGE =
            new TokenUsage(
                    1200L,
                    340L,
                    9_000_000_000L,
                    0L,
                    77L,
                    9_000_001_617L,
                    52_000L,
                    200_000L,
                    new TokenUsage.Cost(0.0425, "USD"));

    static final TokenUsage SOME_USAGE =
            new TokenUsage(null, 12L, null, null, null, null, null, null, null);

    private static final TokenUsage NO_USAGE =
            new TokenUsage(null, null, null, null, null, null, null, null, null);

    static final ProviderError RATE_LIMIT =
            new ProviderError(
                    ProviderError.Scope.TURN,
                    ProviderError.Kind.RATE_LIMIT,
                    "The model takes no more requests for a minute.",
                    "rate_limit_error",
                    429,
                    true);

    static final ProviderError CRASH =
            ProviderError.of(
                    ProviderError.Scope.PROCESS,
                    ProviderError.Kind.CRASH,
                    "The agent ended with exit code 137.");

    private SampleProviderEvents() {}

    static List<ProviderEvent> all() {
        return List.of(
                new TextDelta("Hello, ", "msg_1"),
                new TextDelta(Samples.ODD_TEXT, null),
                new ThinkingDelta("Let me see.", "msg_0"),
                new ThinkingDelta("Hm.", null),
                new ProviderEvent.ToolCall(SampleContents.BASH),
                new ProviderEvent.ToolCall(SampleContents.BARE_CALL),
                new ProviderEvent.ToolResult(SampleContents.BASH_RESULT),
                new AwaitingApproval(ACTION, "tc_123", "Run the tests?", OPTIONS),
                new AwaitingApproval(new ActionId("act-2"), null, "Go on?", List.of()),
                new TurnComplete(StopReason.END_TURN, null, null, FULL_USAGE),
                new TurnComplete(StopReason.UNKNOWN, "paused", "rejected", null),
                new ProviderEvent.Error(RATE_LIMIT),
                new ProviderEvent.Error(CRASH),
                new ApprovalWithdrawn(ACTION),
                new PlanUpdate(PLAN),
                new PlanUpdate(List.of()),
                new UsageUpdate(SOME_USAGE),
                new UsageUpdate(NO_USAGE),
                new SessionUpdate("sess_9", "A green build", "plan", "commands", "[\"/init\"]"),
                new SessionUpdate(null, null, null, null, null),
                new Retrying("The model is overloaded; trying again in 4 s."),
                new Notice("x/unheard_of", "{\"deep\":{\"er\":[1,2.50,\"3\"]}}"));
    }
}

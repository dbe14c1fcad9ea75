package dev.stele.domain.decide;

import static dev.stele.domain.decide.Decision.accept;

import dev.stele.contracts.MessageContent;
import dev.stele.contracts.PermissionOption;
import dev.stele.contracts.PermissionOption.Kind;
import dev.stele.contracts.ToolKind;
import dev.stele.domain.command.DeciderError;
import dev.stele.domain.command.DeciderError.InvalidInput;
import dev.stele.domain.command.DeciderError.ProjectNotFound;
import dev.stele.domain.command.DeciderError.ThreadNotFound;
import dev.stele.domain.command.OrchestrationCommand.ApprovePendingAction;
import dev.stele.domain.command.OrchestrationCommand.PolicyCommand.JudgeAction;
import dev.stele.domain.command.OrchestrationCommand.PolicyCommand.SetProjectPolicy;
import dev.stele.domain.command.OrchestrationCommand.PolicyCommand.SetThreadPolicy;
import dev.stele.domain.command.OrchestrationCommand.RejectPendingAction;
import dev.stele.domain.event.OrchestrationEvent.ProjectEvent.ProjectPolicySet;
import dev.stele.domain.event.OrchestrationEvent.ThreadEvent.ThreadPolicySet;
import dev.stele.domain.model.ActionPolicy;
import dev.stele.domain.model.ActionPolicy.Rule;
import dev.stele.domain.model.ActionPolicy.Verdict;
import dev.stele.domain.model.Actor;
import dev.stele.domain.model.ChatThread;
import dev.stele.domain.model.OrchestrationReadModel;
import dev.stele.domain.model.PendingAction;
import dev.stele.domain.model.Project;
import dev.stele.domain.model.Turn;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The rules of policies: set by people, and put to every question that an agent asks. */
final class Policies {

    private Policies() {}

    static Decision set(SetProjectPolicy c, OrchestrationReadModel model) {
        DeciderError invalid = check(c.policy(), c.by());
        if (invalid != null) {
            return Decision.reject(invalid);
        }
        Project project = model.project(c.projectId());
        if (project == null) {
            return Decision.reject(new ProjectNotFound(c.projectId()));
        }
        return project.policy().equals(c.policy())
                ? accept()
                : accept(new ProjectPolicySet(project.id(), c.policy(), c.by(), c.at()));
    }

    static Decision set(SetThreadPolicy c, OrchestrationReadModel model) {
        DeciderError invalid = check(c.policy(), c.by());
        if (invalid != null) {
            return Decision.reject(invalid);
        }
        ChatThread thread = model.thread(c.threadId());
        if (thread == null) {
            return Decision.reject(new ThreadNotFound(c.threadId()));
        }
        return thread.policy().equals(c.policy())
                ? accept()
                : accept(new ThreadPolicySet(thread.id(), c.policy(), c.by(), c.at()));
    }

    private static @Nullable DeciderError check(ActionPolicy policy, Actor by) {
        return Fields.first(
                Fields.notBlank("by", by.name()),
                policy.rules().size() > ActionPolicy.MOST_RULES
                        ? new InvalidInput(
                                "policy", "it has more than " + ActionPolicy.MOST_RULES + " rules.")
                        : null,
                policy.rules().stream()
                        .map(Policies::flaw)
                        .filter(flaw -> flaw != null)
                        .findFirst()
                        .map(flaw -> new InvalidInput("policy", flaw))
                        .orElse(null));
    }

    private static @Nullable String flaw(Rule rule) {
        String path = rule.path();
        if (path != null && (path.isBlank() || path.length() > Rule.LONGEST_PATH)) {
            return "a rule's path has 1 to " + Rule.LONGEST_PATH + " characters.";
        }
        return allows(rule.verdict()) && rule.kinds().contains(ToolKind.OTHER)
                ? "what is of no known kind is always asked about; leave it out of rules that"
                        + " allow."
                : null;
    }

    private static boolean allows(Verdict verdict) {
        return switch (verdict) {
            case ALLOW_ONCE, ALLOW_FOR_THREAD -> true;
            case ASK, DENY -> false;
        };
    }

    static Decision judge(JudgeAction c, OrchestrationReadModel model) {
        return switch (Approvals.find(c.threadId(), c.actionId(), model)) {
            case Approvals.Missing(var error) -> Decision.reject(error);
            case Approvals.Found(var turn, var action) ->
                    answer(c, action, judgement(c, turn, action, model), model);
        };
    }

    private static Judgement judgement(
            JudgeAction c, Turn turn, PendingAction action, OrchestrationReadModel model) {
        ChatThread thread = model.thread(turn.threadId());
        Project project = thread == null ? null : model.project(thread.projectId());
        return Judgement.of(
                kind(turn, action),
                c.paths(),
                thread == null ? ActionPolicy.NONE : thread.policy(),
                project == null ? ActionPolicy.NONE : project.policy());
    }

    private static ToolKind kind(Turn turn, PendingAction action) {
        String callId = action.toolCallId();
        MessageContent.ToolCall call = callId == null ? null : turn.toolCall(callId);
        ToolKind kind = call == null ? null : call.kind();
        return kind == null ? ToolKind.OTHER : kind;
    }

    /** A policy answers with what the agent offers, or leaves the question to people. */
    private static Decision answer(
            JudgeAction c,
            PendingAction action,
            Judgement judgement,
            OrchestrationReadModel model) {
        Actor by = Actor.policy(judgement.rule());
        String option = option(action.options(), judgement.verdict());
        return switch (judgement.verdict()) {
            case ASK -> accept();
            case DENY ->
                    Approvals.reject(
                            new RejectPendingAction(
                                    c.threadId(),
                                    action.id(),
                                    null,
                                    judgement.reason(),
                                    by,
                                    c.at()),
                            model);
            case ALLOW_ONCE, ALLOW_FOR_THREAD ->
                    option == null
                            ? accept()
                            : Approvals.approve(
                                    new ApprovePendingAction(
                                            c.threadId(), action.id(), option, by, c.at()),
                                    model);
        };
    }

    /**
     * The option that says no more than the verdict, or null. Where an agent offers several that
     * mean always nobody knows how far each of them goes, so that none is taken.
     */
    private static @Nullable String option(List<PermissionOption> offered, Verdict verdict) {
        List<PermissionOption> always =
                offered.stream().filter(o -> o.kind() == Kind.ALLOW_ALWAYS).toList();
        return verdict == Verdict.ALLOW_FOR_THREAD && always.size() == 1
                ? always.getFirst().id()
                : offered.stream()
                        .filter(o -> o.kind() == Kind.ALLOW_ONCE)
                        .map(PermissionOption::id)
                        .findFirst()
                        .orElse(null);
    }
}

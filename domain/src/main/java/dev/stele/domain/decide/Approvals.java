package dev.stele.domain.decide;

import dev.stele.contracts.ActionId;
import dev.stele.contracts.PermissionOption;
import dev.stele.contracts.PermissionOption.Kind;
import dev.stele.contracts.ThreadId;
import dev.stele.contracts.TurnId;
import dev.stele.domain.command.DeciderError;
import dev.stele.domain.command.DeciderError.ActionNotPending;
import dev.stele.domain.command.DeciderError.InvalidInput;
import dev.stele.domain.command.DeciderError.OptionKindMismatch;
import dev.stele.domain.command.DeciderError.OptionNotOffered;
import dev.stele.domain.command.DeciderError.ThreadNotFound;
import dev.stele.domain.command.OrchestrationCommand.ApprovePendingAction;
import dev.stele.domain.command.OrchestrationCommand.RejectPendingAction;
import dev.stele.domain.event.OrchestrationEvent;
import dev.stele.domain.event.OrchestrationEvent.ApprovalEvent.ActionApproved;
import dev.stele.domain.event.OrchestrationEvent.ApprovalEvent.ActionRejected;
import dev.stele.domain.event.OrchestrationEvent.ThreadEvent.ThreadStatusChanged;
import dev.stele.domain.model.ChatThread;
import dev.stele.domain.model.OrchestrationReadModel;
import dev.stele.domain.model.PendingAction;
import dev.stele.domain.model.ThreadStatus;
import dev.stele.domain.model.Turn;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The rules of an approval: answered once, with an option that the agent offered. */
final class Approvals {

    private Approvals() {}

    static Decision approve(ApprovePendingAction c, OrchestrationReadModel model) {
        InvalidInput invalid = Fields.notBlank("by", c.by().name());
        if (invalid != null) {
            return Decision.reject(invalid);
        }
        return switch (find(c.threadId(), c.actionId(), model)) {
            case Missing(var error) -> Decision.reject(error);
            case Found(var turn, var action) ->
                    switch (allowing(action, c.optionId())) {
                        case Unfit(var error) -> Decision.reject(error);
                        case Fit(var option) ->
                                answered(
                                        turn,
                                        new ActionApproved(
                                                turn.id(), action.id(), option, c.by(), c.at()));
                        case NoneOffered() ->
                                Decision.reject(new OptionNotOffered(action.id(), null));
                    };
        };
    }

    static Decision reject(RejectPendingAction c, OrchestrationReadModel model) {
        InvalidInput invalid = Fields.notBlank("by", c.by().name());
        if (invalid != null) {
            return Decision.reject(invalid);
        }
        return switch (find(c.threadId(), c.actionId(), model)) {
            case Missing(var error) -> Decision.reject(error);
            case Found(var turn, var action) ->
                    switch (rejecting(action, c.optionId())) {
                        case Unfit(var error) -> Decision.reject(error);
                        case Fit(var option) -> rejected(turn, action, option, c);
                        case NoneOffered() -> rejected(turn, action, null, c);
                    };
        };
    }

    private static Decision rejected(
            Turn turn, PendingAction action, @Nullable String option, RejectPendingAction c) {
        return answered(
                turn,
                new ActionRejected(turn.id(), action.id(), option, c.reason(), c.by(), c.at()));
    }

    private static Decision answered(Turn turn, OrchestrationEvent.ApprovalEvent answer) {
        List<OrchestrationEvent> events = new ArrayList<>();
        events.add(answer);
        events.addAll(runningAfter(turn, answer.actionId()));
        return new Decision.Accepted(events);
    }

    /** The thread runs on once no approval is left but the one that is resolved now. */
    static List<OrchestrationEvent> runningAfter(Turn turn, ActionId resolved) {
        return turn.pending().forAll(action -> action.id().equals(resolved))
                ? List.of(
                        new ThreadStatusChanged(
                                turn.threadId(), new ThreadStatus.Running(turn.id())))
                : List.of();
    }

    static Lookup find(ThreadId threadId, ActionId actionId, OrchestrationReadModel model) {
        ChatThread thread = model.thread(threadId);
        if (thread == null) {
            return new Missing(new ThreadNotFound(threadId));
        }
        TurnId open = thread.openTurn();
        Turn turn = open == null ? null : model.turn(open);
        PendingAction action = turn == null ? null : turn.pendingAction(actionId);
        return turn == null || action == null
                ? new Missing(new ActionNotPending(threadId, actionId))
                : new Found(turn, action);
    }

    /** Without a wish the allow-once option: an allow-always must be asked for by name. */
    private static Choice allowing(PendingAction action, @Nullable String wish) {
        if (wish != null) {
            return wished(action, wish, Kind::allows);
        }
        PermissionOption once = ofKind(action, Kind.ALLOW_ONCE);
        return once != null ? new Fit(once.id()) : new NoneOffered();
    }

    /** Without a wish the narrowest no; an agent that offers none is answered as cancelled. */
    private static Choice rejecting(PendingAction action, @Nullable String wish) {
        if (wish != null) {
            return wished(action, wish, Kind::rejects);
        }
        PermissionOption once = ofKind(action, Kind.REJECT_ONCE);
        PermissionOption any = once != null ? once : ofKind(action, Kind.REJECT_ALWAYS);
        return any != null ? new Fit(any.id()) : new NoneOffered();
    }

    private static Choice wished(PendingAction action, String wish, Predicate<Kind> fits) {
        for (PermissionOption option : action.options()) {
            if (option.id().equals(wish)) {
                return fits.test(option.kind())
                        ? new Fit(wish)
                        : new Unfit(new OptionKindMismatch(action.id(), wish));
            }
        }
        return new Unfit(new OptionNotOffered(action.id(), wish));
    }

    private static @Nullable PermissionOption ofKind(PendingAction action, Kind kind) {
        for (PermissionOption option : action.options()) {
            if (option.kind() == kind) {
                return option;
            }
        }
        return null;
    }

    sealed interface Lookup {}

    record Found(Turn turn, PendingAction action) implements Lookup {}

    record Missing(DeciderError error) implements Lookup {}

    private sealed interface Choice {}

    private record Fit(String optionId) implements Choice {}

    private record NoneOffered() implements Choice {}

    private record Unfit(DeciderError error) implements Choice {}
}

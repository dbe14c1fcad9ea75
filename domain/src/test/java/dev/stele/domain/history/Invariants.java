package dev.stele.domain.history;

import dev.stele.contracts.CheckpointId;
import dev.stele.contracts.OperationId;
import dev.stele.contracts.ThreadId;
import dev.stele.contracts.TurnId;
import dev.stele.domain.model.ChatThread;
import dev.stele.domain.model.Checkpoint;
import dev.stele.domain.model.CheckpointState;
import dev.stele.domain.model.Operation;
import dev.stele.domain.model.OperationState;
import dev.stele.domain.model.OrchestrationReadModel;
import dev.stele.domain.model.Place;
import dev.stele.domain.model.Project;
import dev.stele.domain.model.PromptQueue;
import dev.stele.domain.model.QueuedPrompt;
import dev.stele.domain.model.RetiredIds;
import dev.stele.domain.model.Turn;
import io.vavr.collection.HashSet;
import io.vavr.collection.Map;
import io.vavr.collection.Seq;
import io.vavr.collection.Set;
import io.vavr.collection.Traversable;
import io.vavr.collection.Vector;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What holds in every model that accepted commands can lead to. */
final class Invariants {

    private final OrchestrationReadModel model;
    private final List<String> flaws = new ArrayList<>();

    private Invariants(OrchestrationReadModel model) {
        this.model = model;
    }

    /** The sentences that are not true of the model; none if all is well. */
    static List<String> check(OrchestrationReadModel model) {
        var check = new Invariants(model);
        check.keys();
        model.projects().values().forEach(check::project);
        model.threads().values().forEach(check::thread);
        model.turns().values().forEach(check::turn);
        model.checkpoints().values().forEach(check::checkpoint);
        model.operations().values().forEach(check::operation);
        model.queued().values().forEach(check::queued);
        check.operations();
        check.retired();
        check.flaws.addAll(LaneInvariants.check(model));
        return check.flaws;
    }

    private void must(boolean truth, String what, Object about) {
        if (!truth) {
            flaws.add(what + ": " + about);
        }
    }

    private void keys() {
        keyed(model.projects(), Project::id);
        keyed(model.threads(), ChatThread::id);
        keyed(model.turns().live(), Turn::id);
        keyed(model.turns().over(), Turn::id);
        turnsAreWhereTheyBelong();
        keyed(model.checkpoints(), Checkpoint::id);
        keyed(model.operations(), Operation::id);
        keyed(model.queued(), QueuedPrompt::id);
        projectsByPath();
        ThreadId selected = model.selected();
        must(selected == null || model.thread(selected) != null, "it is there", "selected");
    }

    private void turnsAreWhereTheyBelong() {
        for (Turn turn : model.turns().values()) {
            TurnId id = turn.id();
            must(
                    model.turns().live().containsKey(id) == turn.state().isLive()
                            && model.turns().over().containsKey(id) != turn.state().isLive(),
                    "live turns stand apart from those that are over",
                    id);
        }
    }

    private <K, V> void keyed(Map<K, V> map, Function<V, K> idOf) {
        map.forEach((key, value) -> must(idOf.apply(value).equals(key), "keyed by its id", key));
    }

    private void projectsByPath() {
        for (Project project : model.projects().values()) {
            must(
                    model.projectsByPath()
                            .getOrElse(project.path(), Vector.empty())
                            .contains(project.id()),
                    "every path leads to its project",
                    project);
            must(
                    model.projects().values().count(p -> p.place().isSame(project.place())) == 1,
                    "a directory is one project's own",
                    project.place());
        }
        must(
                model.projectsByPath().values().map(Vector::size).sum().longValue()
                        == model.projects().size(),
                "no path leads to more",
                model.projectsByPath());
    }

    private void project(Project project) {
        project.threads()
                .forEach((position, id) -> {
                    ChatThread thread = model.thread(id);
                    must(
                            thread != null
                                    && thread.projectId().equals(project.id())
                                    && thread.position() == position
                                    && position < project.threadsEver(),
                            "a project's thread is there, at its place",
                            id);
                });
        for (OperationId id : project.operations()) {
            must(owner(id) instanceof Project owner && owner.equals(project), "is its own", id);
        }
    }

    /** The project or thread that an operation belongs to; null when there is none. */
    private @Nullable Record owner(OperationId id) {
        return switch (model.operation(id)) {
            case Operation.Branch(_, var projectId, _, _, _, _) -> model.project(projectId);
            case Operation.Push(_, var projectId, _, _, _, _, _) -> model.project(projectId);
            case Operation.Commit(_, var threadId, _, _, _, _, _, _) -> model.thread(threadId);
            case Operation.Restore(_, var threadId, _, _, _, _, _, _, _) -> model.thread(threadId);
            case Operation.Thinning(_, var projectId, _, _, _, _) -> model.project(projectId);
            case Operation.Cleanup _ -> null;
            case null -> null;
        };
    }

    private void thread(ChatThread thread) {
        Project project = model.project(thread.projectId());
        must(
                project != null && project.threads().get(thread.position()).contains(thread.id()),
                "a thread stands in its project",
                thread.id());
        must(
                distinct(thread.turns()).equals(turnsOf(thread).map(Turn::id).toSet()),
                "a thread lists its turns",
                thread.id());
        must(
                distinct(thread.checkpoints())
                        .equals(
                                model.checkpoints()
                                        .values()
                                        .filter(c -> c.threadId().equals(thread.id()))
                                        .map(Checkpoint::id)
                                        .toSet()),
                "a thread lists its checkpoints",
                thread.id());
        for (OperationId id : thread.operations()) {
            must(owner(id) instanceof ChatThread owner && owner.equals(thread), "is its own", id);
        }
        must(
                distinct(thread.queue().waiting())
                        .equals(
                                model.queued()
                                        .values()
                                        .filter(q -> q.threadId().equals(thread.id()))
                                        .map(QueuedPrompt::id)
                                        .toSet()),
                "a thread lists what waits in it",
                thread.id());
        must(
                thread.queue().hold() == null
                        || (!thread.queue().isEmpty() && thread.openTurn() == null),
                "what is held waits, and its thread is idle",
                thread.id());
        flaws.addAll(TurnInvariants.status(thread, turnsOf(thread)));
        flaws.addAll(TurnInvariants.conversation(thread, model));
    }

    private Set<Turn> turnsOf(ChatThread thread) {
        return model.turns().values().filter(t -> t.threadId().equals(thread.id())).toSet();
    }

    /** Equal to no set of single things when one is listed twice. */
    private static <T> Set<T> distinct(Seq<T> listed) {
        Set<T> set = listed.toSet();
        return set.size() == listed.size() ? set : HashSet.empty();
    }

    private void queued(QueuedPrompt prompt) {
        ChatThread thread = model.thread(prompt.threadId());
        must(thread != null && thread.queue().waiting().contains(prompt.id()), "listed", prompt);
        must(
                thread == null || thread.queue().waiting().size() <= PromptQueue.MOST_PROMPTS,
                "queues are bounded",
                prompt.threadId());
    }

    private void turn(Turn turn) {
        ChatThread thread = model.thread(turn.threadId());
        must(thread != null && thread.turns().contains(turn.id()), "it is listed", turn.id());
        flaws.addAll(TurnInvariants.check(turn));
    }

    private void checkpoint(Checkpoint checkpoint) {
        CheckpointId id = checkpoint.id();
        ChatThread thread = model.thread(checkpoint.threadId());
        must(thread != null && thread.checkpoints().contains(id), "it is listed", id);
        must(isOf(checkpoint.turnId(), thread), "its turn is one of its thread", id);
        must(isOf(checkpoint.place(), thread), "its place is a turn of its thread", id);
        boolean told =
                switch (checkpoint.state()) {
                    case CheckpointState.Pending() -> true;
                    case CheckpointState.Ready(var ref, _, _) -> !ref.isBlank();
                    case CheckpointState.Failed(var why, _) -> !why.isBlank();
                    case CheckpointState.Thinned(var policy, _) -> policy.keepAllDays() > 0;
                };
        must(told, "a ref or a reason is told", id);
    }

    private static boolean isOf(@Nullable TurnId turn, @Nullable ChatThread thread) {
        return turn == null || (thread != null && thread.turns().contains(turn));
    }

    private void operation(Operation operation) {
        OperationId id = operation.id();
        Record owner = owner(id);
        boolean listed =
                owner instanceof Project project
                        ? project.operations().contains(id)
                        : owner instanceof ChatThread thread && thread.operations().contains(id);
        must(listed || operation instanceof Operation.Cleanup, "its owner lists it", id);
        switch (operation) {
            case Operation.Restore restore -> restore(restore);
            case Operation.Cleanup cleanup ->
                    must(model.retired().threads().contains(cleanup.threadId()), "went", id);
            case Operation.Commit _,
                    Operation.Branch _,
                    Operation.Push _,
                    Operation.Thinning _ -> {}
        }
        must(fits(operation), "its state is one of its kind", operation);
    }

    private static boolean fits(Operation operation) {
        return switch (operation.state()) {
            case OperationState.Open() -> true;
            case OperationState.Failed(var why, _) -> !why.isBlank();
            case OperationState.Restored _ -> operation instanceof Operation.Restore;
            case OperationState.Cleaned _ ->
                    operation instanceof Operation.Cleanup
                            || operation instanceof Operation.Thinning;
            case OperationState.Recorded(var ref, _) ->
                    !ref.isBlank()
                            && (operation instanceof Operation.Commit
                                    || operation instanceof Operation.Branch
                                    || operation instanceof Operation.Push);
        };
    }

    private void restore(Operation.Restore restore) {
        Checkpoint target = model.checkpoint(restore.checkpointId());
        Checkpoint safety = model.checkpoint(restore.safetyCheckpointId());
        must(
                target != null && target.threadId().equals(restore.threadId()),
                "a restore's checkpoint is one of its thread",
                restore.id());
        must(
                safety != null && (restore.isOpen() || !safety.isPending()),
                "a restore has its safety checkpoint, and none is waited for after its end",
                restore.id());
        must(
                !restore.isOpen() || !(isThinned(target) || isThinned(safety)),
                "nothing that an open restore needs is thinned out",
                restore.id());
    }

    private static boolean isThinned(@Nullable Checkpoint checkpoint) {
        return checkpoint != null && checkpoint.state() instanceof CheckpointState.Thinned;
    }

    private void operations() {
        must(
                model.openOperations()
                        .equals(model.operations().filterValues(Operation::isOpen).keySet()),
                "the open operations are listed",
                model.openOperations());
        List<Place> restored = new ArrayList<>();
        for (OperationId id : model.openOperations()) {
            if (model.operation(id) instanceof Operation.Restore restore
                    && restore.scope().includesFiles()) {
                Place place = Objects.requireNonNull(model.placeOf(restore.threadId()));
                must(
                        restored.stream().noneMatch(place::overlaps),
                        "files of a directory are restored by one at a time",
                        place);
                restored.add(place);
            }
        }
    }

    private void retired() {
        RetiredIds retired = model.retired();
        disjoint(retired.projects(), model.projects().keySet());
        disjoint(retired.threads(), model.threads().keySet());
        disjoint(retired.turns(), model.turns().values().map(Turn::id));
        disjoint(retired.turns(), model.queued().keySet());
        disjoint(model.queued().keySet(), model.turns().values().map(Turn::id));
        disjoint(retired.checkpoints(), model.checkpoints().keySet());
        disjoint(retired.operations(), model.operations().keySet());
    }

    private <T> void disjoint(Set<T> retired, Traversable<T> live) {
        must(live.forAll(id -> !retired.contains(id)), "no retired id is in use", retired);
    }
}

package dev.stele.domain.decide;

import dev.stele.contracts.CheckpointId;
import dev.stele.contracts.OperationId;
import dev.stele.contracts.TurnId;
import dev.stele.domain.model.ChatThread;
import dev.stele.domain.model.Checkpoint;
import dev.stele.domain.model.CheckpointState;
import dev.stele.domain.model.Operation;
import dev.stele.domain.model.OrchestrationReadModel;
import dev.stele.domain.model.ThinningPolicy;
import dev.stele.domain.model.ThinningVerdict;
import dev.stele.domain.model.ThinningVerdict.Fate;
import dev.stele.domain.model.Turn;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Which checkpoints of one thread are given up. */
final class ThreadThinning {

    private final ChatThread thread;
    private final OrchestrationReadModel model;
    private final Instant allSince;
    private final Instant dailySince;
    private final List<Checkpoint> ready = new ArrayList<>();
    private final Map<LocalDate, Checkpoint> lastOfDay = new HashMap<>();
    private final Set<CheckpointId> firstOfDay = new HashSet<>();

    ThreadThinning(
            ChatThread thread, ThinningPolicy policy, Instant now, OrchestrationReadModel model) {
        this.thread = thread;
        this.model = model;
        this.allSince = now.minus(Duration.ofDays(policy.keepAllDays()));
        this.dailySince = now.minus(Duration.ofDays(policy.keepDailyDays()));
        thread.checkpoints().forEach(this::addReady);
    }

    private void addReady(CheckpointId id) {
        Checkpoint checkpoint = model.checkpoint(id);
        if (checkpoint != null && checkpoint.state() instanceof CheckpointState.Ready) {
            ready.add(checkpoint);
            if (lastOfDay.put(day(checkpoint), checkpoint) == null) {
                firstOfDay.add(id);
            }
        }
    }

    private static LocalDate day(Checkpoint checkpoint) {
        return checkpoint.createdAt().atOffset(ZoneOffset.UTC).toLocalDate();
    }

    List<ThinningVerdict> judge() {
        Set<CheckpointId> newest = newest();
        Set<CheckpointId> undo = ofUndo();
        long committed = committed();
        boolean atWork = isAtWork();
        List<ThinningVerdict> verdicts = new ArrayList<>();
        for (Checkpoint one : ready) {
            Fate fate;
            if (atWork) {
                fate = Fate.AT_WORK;
            } else if (!one.id().isOfATurn() && !one.id().isSafety()) {
                fate = Fate.ASKED_FOR;
            } else if (newest.contains(one.id())) {
                fate = Fate.NEWEST;
            } else if (undo.contains(one.id())) {
                fate = Fate.UNDO;
            } else if (one.ticket() > committed && one.createdAt().isAfter(dailySince)) {
                fate = Fate.UNCOMMITTED;
            } else {
                fate = byAge(one);
            }
            verdicts.add(new ThinningVerdict(one.id(), fate));
        }
        return verdicts;
    }

    private Fate byAge(Checkpoint one) {
        if (one.createdAt().isAfter(allSince)) {
            return Fate.RECENT;
        }
        if (one.equals(ready.getFirst())) {
            return Fate.FIRST;
        }
        boolean ofTheDay = firstOfDay.contains(one.id()) || one.equals(lastOfDay.get(day(one)));
        return ofTheDay && one.createdAt().isAfter(dailySince) ? Fate.OF_THE_DAY : Fate.THINNED;
    }

    private boolean isAtWork() {
        return thread.operations()
                .exists(id -> {
                    Operation operation = model.operation(id);
                    return operation != null && operation.isOpen();
                });
    }

    private Set<CheckpointId> newest() {
        Set<CheckpointId> newest = new HashSet<>();
        if (!ready.isEmpty()) {
            newest.add(ready.getLast().id());
        }
        if (!thread.turns().isEmpty()) {
            TurnId turn = thread.turns().last();
            newest.add(CheckpointId.before(turn));
            newest.add(CheckpointId.after(turn));
        }
        return newest;
    }

    /** What an undo brings back, and the undo of that undo. */
    private Set<CheckpointId> ofUndo() {
        for (OperationId id : thread.operations().reverse()) {
            if (model.operation(id) instanceof Operation.Restore restore
                    && isReady(restore.safetyCheckpointId())) {
                return Set.of(restore.safetyCheckpointId(), restore.checkpointId());
            }
        }
        return Set.of();
    }

    private boolean isReady(CheckpointId id) {
        Checkpoint checkpoint = model.checkpoint(id);
        return checkpoint != null && checkpoint.state() instanceof CheckpointState.Ready;
    }

    /**
     * The place in the lanes after which checkpoints tell what a commit of the thread is still to
     * hold. A thread that nobody has used for so long commits no more.
     */
    private long committed() {
        Turn turn = thread.turns().isEmpty() ? null : model.turn(thread.turns().last());
        if (turn == null || !turn.startedAt().isAfter(allSince)) {
            return Long.MAX_VALUE;
        }
        return thread.operations()
                .toJavaStream()
                .mapToLong(id -> ticketOfWhole(model.operation(id)))
                .max()
                .orElse(-1);
    }

    private static long ticketOfWhole(@Nullable Operation operation) {
        return operation instanceof Operation.Commit commit && commit.isWhole()
                ? commit.ticket()
                : -1;
    }
}

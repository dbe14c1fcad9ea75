package dev.stele.domain.history;

import dev.stele.contracts.CheckpointId;
import dev.stele.contracts.ThreadId;
import dev.stele.domain.model.Checkpoint;
import dev.stele.domain.model.Lanes.Work;
import dev.stele.domain.model.Lanes.Work.CheckpointWork;
import dev.stele.domain.model.Lanes.Work.OperationWork;
import dev.stele.domain.model.Lanes.Work.TurnWork;
import dev.stele.domain.model.Operation;
import dev.stele.domain.model.OrchestrationReadModel;
import dev.stele.domain.model.Place;
import dev.stele.domain.model.Turn;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/** The lanes hold exactly the work that is not settled, told anew from everything else. */
final class LaneInvariants {

    private LaneInvariants() {}

    static List<String> check(OrchestrationReadModel model) {
        Map<Long, Work> expected = new TreeMap<>();
        List<String> flaws = new ArrayList<>();
        for (Entry entry : entries(model)) {
            if (expected.put(entry.ticket(), entry.work()) != null) {
                flaws.add("a place in the lanes is one work's own: " + entry);
            }
        }
        if (!model.lanes().open().toJavaMap().equals(expected)) {
            flaws.add(
                    "the lanes hold the unsettled work: "
                            + model.lanes().open()
                            + " and not "
                            + expected);
        }
        if (model.turns().values().exists(t -> t.ticket() >= model.lanes().nextTicket())
                || model.checkpoints()
                        .values()
                        .exists(c -> c.ticket() >= model.lanes().nextTicket())) {
            flaws.add("a place in the lanes is given once: " + model.lanes().nextTicket());
        }
        return flaws;
    }

    private record Entry(long ticket, Work work) {}

    private static List<Entry> entries(OrchestrationReadModel model) {
        List<Entry> entries = new ArrayList<>();
        for (Turn turn : model.turns().values()) {
            Checkpoint after = model.checkpoint(CheckpointId.after(turn.id()));
            if (after == null || after.isPending()) {
                var work = new TurnWork(place(model, turn.threadId()), turn.id());
                entries.add(new Entry(turn.ticket(), work));
            }
        }
        for (Checkpoint checkpoint : model.checkpoints().values()) {
            CheckpointId id = checkpoint.id();
            if (checkpoint.isPending() && !id.isOfATurn() && !id.isSafety()) {
                var work = new CheckpointWork(place(model, checkpoint.threadId()), id);
                entries.add(new Entry(checkpoint.ticket(), work));
            }
        }
        for (Operation operation : model.operations().values().filter(Operation::isOpen)) {
            entries.addAll(entries(operation, model));
        }
        return entries;
    }

    private static List<Entry> entries(Operation operation, OrchestrationReadModel model) {
        return switch (operation) {
            case Operation.Restore restore ->
                    List.of(
                            new Entry(
                                    restore.ticket(),
                                    new OperationWork(
                                            place(model, restore.threadId()), restore.id())));
            case Operation.Commit commit ->
                    List.of(
                            new Entry(
                                    commit.ticket(),
                                    new OperationWork(
                                            place(model, commit.threadId()), commit.id())));
            case Operation.Branch _, Operation.Push _, Operation.Thinning _, Operation.Cleanup _ ->
                    List.of();
        };
    }

    private static Place place(OrchestrationReadModel model, ThreadId thread) {
        return Objects.requireNonNull(model.placeOf(thread), "its thread is there");
    }
}

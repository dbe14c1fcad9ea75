package dev.stele.app.failover;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stele.contracts.ProjectId;
import dev.stele.domain.event.OrchestrationEvent;
import dev.stele.domain.event.OrchestrationEvent.LogEvent.WriterChanged;
import dev.stele.domain.event.OrchestrationEvent.ProjectEvent.ProjectCreated;
import dev.stele.domain.event.StoredEvent;
import dev.stele.domain.model.OrchestrationReadModel;
import dev.stele.domain.port.EventStore;
import dev.stele.domain.port.Receipt;
import dev.stele.domain.project.Projector;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the log alone tells of writers that came and went. */
final class Evidence {
    private static final int PAGE = 1_000;

    private final List<StoredEvent> log;

    private Evidence(List<StoredEvent> log) {
        this.log = log;
    }

    /** All of a log as it is now. */
    static Evidence of(EventStore store) {
        var log = new ArrayList<StoredEvent>();
        List<StoredEvent> page = store.read(0, PAGE);
        while (!page.isEmpty()) {
            log.addAll(page);
            page = store.read(log.getLast().sequence(), PAGE);
        }
        return new Evidence(log);
    }

    /** Every promise is in the log once, where it was promised, with its receipt. */
    Evidence keeps(List<Kept> promises, EventStore store) {
        Map<ProjectId, Long> made = new HashMap<>();
        for (StoredEvent stored : log) {
            if (stored.event() instanceof ProjectCreated created) {
                assertThat(made.put(created.projectId(), stored.sequence()))
                        .as("%s is made once", created.projectId())
                        .isNull();
            }
        }
        for (Kept kept : promises) {
            assertThat(made).as("%s", kept).containsEntry(kept.project(), kept.sequence());
            assertThat(outcome(store.receipt(kept.command())))
                    .isEqualTo(new Receipt.Outcome.Accepted(kept.sequence(), kept.sequence()));
        }
        return this;
    }

    private static Receipt.@Nullable Outcome outcome(@Nullable Receipt receipt) {
        return receipt == null ? null : receipt.outcome();
    }

    /** There is no gap, tokens only grow, and nobody wrote in the time of another. */
    Evidence isInOrder() {
        long place = 0;
        String writer = "";
        long token = 0;
        for (StoredEvent stored : log) {
            assertThat(stored.sequence()).as("no gap").isEqualTo(++place);
            OrchestrationEvent event = stored.event();
            if (event instanceof WriterChanged changed) {
                assertThat(changed.token()).as("tokens grow, at %d", place).isGreaterThan(token);
                token = changed.token();
                writer = changed.node();
            } else if (event instanceof ProjectCreated created) {
                assertThat(created.node()).as("who wrote %d", place).isEqualTo(writer);
            }
        }
        return this;
    }

    /** What the facts up to a place amount to. */
    OrchestrationReadModel modelAt(long sequence) {
        OrchestrationReadModel model = OrchestrationReadModel.EMPTY;
        for (StoredEvent stored : log) {
            if (stored.sequence() <= sequence) {
                model = Projector.project(model, stored);
            }
        }
        return model;
    }

    /** How many terms there were. */
    long terms() {
        return log.stream().filter(stored -> stored.event() instanceof WriterChanged).count();
    }

    /** The place of the last fact. */
    long head() {
        return log.size();
    }
}

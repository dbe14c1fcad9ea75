package dev.stele.app.server;

import dev.stele.domain.model.ChatThread;
import dev.stele.domain.model.Project;
import dev.stele.domain.model.Turn;
import dev.stele.domain.model.TurnState;
import io.vavr.collection.TreeMap;
import io.vavr.collection.Vector;
import java.time.Instant;

/** Values of the model without what grows for ever. */
final class Cut {
    /** So many of the newest stay. */
    static final int NEWEST = 200;

    private Cut() {}

    static ChatThread of(ChatThread thread) {
        return new ChatThread(
                thread.id(),
                thread.projectId(),
                thread.position(),
                thread.title(),
                thread.agent(),
                thread.createdAt(),
                thread.status(),
                thread.turns().takeRight(NEWEST),
                thread.conversation(),
                thread.queue(),
                thread.draining(),
                thread.checkpoints().takeRight(NEWEST),
                thread.operations().takeRight(NEWEST),
                thread.session(),
                thread.usage(),
                thread.policy());
    }

    static Project of(Project project) {
        return new Project(
                project.id(),
                project.name(),
                project.path(),
                project.node(),
                project.createdAt(),
                TreeMap.empty(),
                project.threadsEver(),
                Vector.empty(),
                project.policy(),
                project.worktree());
    }

    /** When something happened to a turn last, as far as the model knows. */
    static Instant newestTime(Turn turn) {
        return switch (turn.state()) {
            case TurnState.Open() -> turn.startedAt();
            case TurnState.Draining(_, var at) -> at;
            case TurnState.Interrupted(_, _, var drainedAt) -> drainedAt;
            case TurnState.Completed(_, _, var at) -> at;
            case TurnState.Failed(_, var at) -> at;
        };
    }
}

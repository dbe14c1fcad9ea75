package dev.stele.app.failover;

import dev.stele.app.engine.Engine;
import dev.stele.contracts.CommandId;
import dev.stele.contracts.ProjectId;
import dev.stele.domain.command.OrchestrationCommand.CreateProject;
import dev.stele.domain.port.CommandEnvelope;
import dev.stele.domain.port.DispatchResult;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/**
 * Callers of one node. Each sends one command after the other, and the same again under its id
 * until it knows the answer; commands name the node, so that the log tells who wrote them.
 */
final class Callers {
    private static final Instant AT = Instant.parse("2026-03-01T09:30:00Z");
    private static final Duration REST = Duration.ofMillis(5);

    private final Engine engine;
    private final String node;
    private final Consumer<Kept> heard;
    private final List<Thread> threads = new ArrayList<>();
    private volatile boolean stopped;

    /**
     * Callers that do not call yet.
     *
     * @param engine whom they call
     * @param node its name
     * @param heard hears of each promise, from many threads
     */
    Callers(Engine engine, String node, Consumer<Kept> heard) {
        this.engine = engine;
        this.node = node;
        this.heard = heard;
    }

    /** Begins to call. */
    Callers start(int callers) {
        for (int i = 0; i < callers; i++) {
            threads.add(Thread.ofVirtual().name("caller-" + node + "-" + i).start(this::call));
        }
        return this;
    }

    private void call() {
        String name = node + "-" + UUID.randomUUID();
        for (long count = 0; !stopped; count++) {
            var project = new ProjectId(name + "-" + count);
            var command = new CreateProject(project, "P", "/projects/" + project, node, AT);
            sendUntilKnown(
                    new CommandEnvelope(new CommandId("c-" + project), AT, command), project);
        }
    }

    private void sendUntilKnown(CommandEnvelope envelope, ProjectId project) {
        boolean known = false;
        while (!known && !stopped) {
            known =
                    switch (engine.dispatch(envelope).join()) {
                        case DispatchResult.Accepted(var first, _) -> {
                            heard.accept(new Kept(envelope.commandId(), project, first));
                            yield true;
                        }
                        case DispatchResult.NotTheWriter _,
                                DispatchResult.Unavailable _,
                                DispatchResult.Overloaded _ -> {
                            LockSupport.parkNanos(REST.toNanos());
                            yield false;
                        }
                        case DispatchResult.Rejected _,
                                DispatchResult.CommandIdConflict _,
                                DispatchResult.Unencodable _ ->
                                throw new AssertionError("a new project is never refused");
                    };
        }
    }

    /** Waits until nobody calls any more. */
    void stop() {
        stopped = true;
        for (Thread thread : threads) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        }
    }
}

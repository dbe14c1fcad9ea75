package dev.stele.git.reactor;

import dev.stele.contracts.OperationId;
import dev.stele.domain.port.CommandGateway;
import dev.stele.domain.port.EventFeed;
import dev.stele.domain.port.Reactor;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Does the restores, commits, branches, pushes and work on worktrees that the log asks for. What a
 * process that died had begun goes on by its journal, or is looked up in the repository and at the
 * remote. Thread-safe.
 */
public final class OperationReactor implements Reactor {

    private static final String NAME = "operations";

    /** Most of them wait for git, a hook or the network. */
    private static final int THREADS = 16;

    private final OperationTools tools;
    private final InstantSource clock;
    private @Nullable Started started;

    /**
     * A reactor that does nothing yet.
     *
     * @param tools what it works with
     * @param clock tells when something was done
     */
    public OperationReactor(OperationTools tools, InstantSource clock) {
        this.tools = tools;
        this.clock = clock;
    }

    private record Started(WorkLoop loop, Workers workers) {}

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public synchronized void start(CommandGateway gateway, EventFeed feed) {
        if (started != null) {
            throw new IllegalStateException("The reactor " + NAME + " is started already.");
        }
        Set<OperationId> open = new HashSet<>();
        feed.model().openOperations().forEach(open::add);
        tools.abandonAllBut(open);
        var loop = new WorkLoop(NAME);
        var workers = new Workers(NAME, THREADS);
        var reports = new Reports(gateway, loop::pause);
        var runner = new OperationRunner(tools, workers, reports, feed::model);
        started = new Started(loop, workers);
        loop.start(feed, new OperationJobs(tools, runner, clock)::open);
    }

    @Override
    public boolean drain(Duration timeout) throws InterruptedException {
        Started now = now();
        return now == null || now.loop().drain(timeout);
    }

    private synchronized @Nullable Started now() {
        return started;
    }

    @Override
    public void close() {
        Started now = now();
        if (now != null) {
            now.loop().close();
            now.workers().close();
        }
    }
}

package dev.stele.git;

import com.google.inject.AbstractModule;
import com.google.inject.multibindings.Multibinder;
import dev.stele.domain.port.Reactor;
import dev.stele.domain.port.TreeDiffs;
import dev.stele.git.capture.CaptureLimits;
import dev.stele.git.capture.Checkpoints;
import dev.stele.git.diff.GitTreeDiffs;
import dev.stele.git.disk.DirectoryReader;
import dev.stele.git.operation.BegunOperations;
import dev.stele.git.operation.Branches;
import dev.stele.git.operation.Commits;
import dev.stele.git.operation.Pushes;
import dev.stele.git.reactor.CheckpointReactor;
import dev.stele.git.reactor.OperationReactor;
import dev.stele.git.reactor.OperationTools;
import dev.stele.git.repository.Repositories;
import dev.stele.git.restore.Restores;
import java.time.InstantSource;

/**
 * Adds the reactors that work on git repositories to the set of reactors, and tells how working
 * trees differ.
 */
public final class GitModule extends AbstractModule {

    private final GitConfig config;

    /**
     * A module.
     *
     * @param config its limits and its directory
     */
    public GitModule(GitConfig config) {
        this.config = config;
    }

    @Override
    protected void configure() {
        InstantSource clock = InstantSource.system();
        var limits =
                new CaptureLimits(
                        config.largestUntrackedFile(), config.mostFiles(), config.mostBytes());
        var repositories = new Repositories(config.directory());
        var checkpoints =
                new Checkpoints(
                        repositories,
                        limits,
                        config.directory().resolve("snapshots"),
                        clock,
                        DirectoryReader.fastest(),
                        config.watch());
        var reactors = Multibinder.newSetBinder(binder(), Reactor.class);
        reactors.addBinding().toInstance(new CheckpointReactor(checkpoints, clock));
        reactors.addBinding()
                .toInstance(new OperationReactor(tools(repositories, checkpoints), clock));
        bind(TreeDiffs.class)
                .toInstance(new GitTreeDiffs(repositories, checkpoints, config.directory()));
    }

    private OperationTools tools(Repositories repositories, Checkpoints checkpoints) {
        var begun = new BegunOperations(config.directory());
        return new OperationTools(
                new Restores(repositories, checkpoints, config.directory()),
                new Commits(repositories, checkpoints, begun, config.commandLimit()),
                new Branches(begun, config.commandLimit()),
                new Pushes(begun, config.commandLimit()),
                begun);
    }
}

package dev.stele.git;

import com.google.inject.AbstractModule;
import com.google.inject.Provider;
import com.google.inject.multibindings.Multibinder;
import dev.stele.domain.port.CheckpointCare;
import dev.stele.domain.port.CheckpointErasure;
import dev.stele.domain.port.OperationProgress;
import dev.stele.domain.port.Reactor;
import dev.stele.domain.port.RepositoryViews;
import dev.stele.domain.port.RestorePreviews;
import dev.stele.domain.port.TreeDiffs;
import dev.stele.git.capture.CaptureLimits;
import dev.stele.git.capture.Checkpoints;
import dev.stele.git.care.GitCheckpointCare;
import dev.stele.git.change.RestoreRecords;
import dev.stele.git.diff.GitTreeDiffs;
import dev.stele.git.disk.DirectoryReader;
import dev.stele.git.erase.GitCheckpointErasure;
import dev.stele.git.operation.BegunOperations;
import dev.stele.git.operation.Branches;
import dev.stele.git.operation.Commits;
import dev.stele.git.operation.Pushes;
import dev.stele.git.reactor.CheckpointReactor;
import dev.stele.git.reactor.OperationReactor;
import dev.stele.git.reactor.OperationTools;
import dev.stele.git.reactor.WorktreeTools;
import dev.stele.git.repository.Repositories;
import dev.stele.git.restore.GitRestorePreviews;
import dev.stele.git.restore.Restores;
import dev.stele.git.view.GitRepositoryViews;
import dev.stele.git.worktree.WorktreeAdding;
import dev.stele.git.worktree.WorktreeMerge;
import dev.stele.git.worktree.WorktreeRemoval;
import java.time.InstantSource;

/**
 * Adds the reactors that work on git repositories to the set of reactors, tells what repositories
 * are like, how working trees differ and what restores would do, looks after what checkpoints leave
 * in repositories, and erases texts from them.
 */
public final class GitModule extends AbstractModule {

    private final GitConfig config;
    private final OperationProgress progress;

    /**
     * A module whose progress nobody hears.
     *
     * @param config its limits and its directory
     */
    public GitModule(GitConfig config) {
        this(config, OperationProgress.SILENT);
    }

    /**
     * A module.
     *
     * @param config its limits and its directory
     * @param progress hears how far pushes are
     */
    public GitModule(GitConfig config, OperationProgress progress) {
        this.config = config;
        this.progress = progress;
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
        var records = new RestoreRecords(config.directory());
        var reactors = Multibinder.newSetBinder(binder(), Reactor.class);
        OperationTools tools = tools(repositories, checkpoints, records);
        Provider<Reactor> checkpointing =
                () -> new CheckpointReactor(checkpoints, records, config.thinning(), clock);
        Provider<Reactor> operating = () -> new OperationReactor(tools, clock);
        reactors.addBinding().toProvider(checkpointing);
        reactors.addBinding().toProvider(operating);
        bind(CheckpointCare.class)
                .toInstance(
                        new GitCheckpointCare(
                                repositories, checkpoints, clock, config.commandLimit()));
        bind(CheckpointErasure.class)
                .toInstance(
                        new GitCheckpointErasure(repositories, checkpoints, config.commandLimit()));
        bind(RestorePreviews.class)
                .toInstance(
                        new GitRestorePreviews(
                                repositories, checkpoints, records, config.directory()));
        bind(RepositoryViews.class).toInstance(new GitRepositoryViews(config.commandLimit()));
        bind(TreeDiffs.class)
                .toInstance(new GitTreeDiffs(repositories, checkpoints, config.directory()));
    }

    private OperationTools tools(
            Repositories repositories, Checkpoints checkpoints, RestoreRecords records) {
        var begun = new BegunOperations(config.directory());
        return new OperationTools(
                new Restores(repositories, checkpoints, config.directory(), records),
                new Commits(repositories, checkpoints, records, begun, config.commandLimit()),
                new Branches(begun, config.commandLimit()),
                new Pushes(begun, config.commandLimit(), progress),
                new WorktreeTools(
                        new WorktreeAdding(begun, config.commandLimit()),
                        new WorktreeRemoval(checkpoints, config.directory(), config.commandLimit()),
                        new WorktreeMerge(begun, config.commandLimit())),
                begun);
    }
}

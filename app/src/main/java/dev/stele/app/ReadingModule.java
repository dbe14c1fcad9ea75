package dev.stele.app;

import com.google.inject.AbstractModule;
import com.google.inject.Module;
import com.google.inject.Provides;
import dev.stele.contracts.CheckpointId;
import dev.stele.domain.model.ChangeSelection;
import dev.stele.domain.model.OrchestrationReadModel;
import dev.stele.domain.model.Project;
import dev.stele.domain.model.SecretText;
import dev.stele.domain.port.CheckpointCare;
import dev.stele.domain.port.CheckpointErasure;
import dev.stele.domain.port.CheckpointErasureReport;
import dev.stele.domain.port.CheckpointReport;
import dev.stele.domain.port.Codec;
import dev.stele.domain.port.CommitDistance;
import dev.stele.domain.port.RepositoryException;
import dev.stele.domain.port.RepositoryView;
import dev.stele.domain.port.RepositoryViews;
import dev.stele.domain.port.RestorePreview;
import dev.stele.domain.port.RestorePreviews;
import dev.stele.domain.port.TreeDiff;
import dev.stele.domain.port.TreeDiffException;
import dev.stele.domain.port.TreeDiffs;
import dev.stele.domain.port.TreeState;
import dev.stele.persistence.CodecModule;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** All that is needed to look into a home: the log, the codec, and how trees differ. */
final class ReadingModule extends AbstractModule {
    private final AdapterModule store;
    private final AdapterModule git;

    /**
     * What it takes to read.
     *
     * @param store binds the log
     * @param git may bind how trees differ; its reactors are not started
     */
    ReadingModule(Module store, Module git) {
        this.store = new AdapterModule(Adapter.STORE, store);
        this.git = new AdapterModule(Adapter.GIT, git);
    }

    @Override
    protected void configure() {
        install(store);
        if (!store.binds(Codec.class)) {
            install(new CodecModule());
        }
        install(git);
        if (!git.binds(TreeDiffs.class)) {
            bind(TreeDiffs.class).toInstance(ReadingModule::cannotCompare);
        }
        if (!git.binds(CheckpointCare.class)) {
            bind(CheckpointCare.class)
                    .toInstance((_, _) -> new CheckpointReport(List.of(), List.of()));
        }
        if (!git.binds(CheckpointErasure.class)) {
            bind(CheckpointErasure.class).toInstance(new NoErasure());
        }
        if (!git.binds(RestorePreviews.class)) {
            bind(RestorePreviews.class).toInstance(ReadingModule::cannotPreview);
        }
        if (!git.binds(RepositoryViews.class)) {
            bind(RepositoryViews.class).toInstance(new NoViews());
        }
    }

    @Provides
    Changes.Sources sources(TreeDiffs diffs, RestorePreviews previews, CheckpointCare care) {
        return new Changes.Sources(diffs, previews, care);
    }

    /** For an adapter that tells nothing of repositories. */
    private static final class NoViews implements RepositoryViews {

        private static RepositoryException unknown() {
            return new RepositoryException(
                    "Nothing is known of repositories: what is installed as the git adapter binds"
                            + " no RepositoryViews; bind them in its module.",
                    null);
        }

        @Override
        public RepositoryView view(String directory) {
            throw unknown();
        }

        @Override
        public List<String> uncommitted(String directory) {
            throw unknown();
        }

        @Override
        public CommitDistance toRemote(String directory, String branch, String remote) {
            throw unknown();
        }

        @Override
        public CommitDistance toHead(String directory, String branch) {
            throw unknown();
        }
    }

    /** For an adapter that cannot erase: a text may be left in each project. */
    private static final class NoErasure implements CheckpointErasure {

        @Override
        public CheckpointErasureReport find(OrchestrationReadModel model, SecretText secret) {
            List<CheckpointErasureReport.Place> places = new ArrayList<>();
            for (Project project : model.projects().values()) {
                places.add(
                        new CheckpointErasureReport.Place(
                                project.path(),
                                List.of(),
                                List.of(),
                                List.of(),
                                "Checkpoints are not looked into: what is installed as the git"
                                        + " adapter binds no CheckpointErasure; bind it in its"
                                        + " module."));
            }
            return new CheckpointErasureReport(places);
        }

        @Override
        public CheckpointErasureReport erase(OrchestrationReadModel model, SecretText secret) {
            return find(model, secret);
        }
    }

    private static RestorePreview cannotPreview(
            OrchestrationReadModel model,
            CheckpointId checkpointId,
            @Nullable ChangeSelection selection) {
        throw new TreeDiffException(
                "It cannot be told what a restore would do: what is installed as the git adapter"
                        + " binds no RestorePreviews; bind them in its module.",
                null);
    }

    private static TreeDiff cannotCompare(String directory, TreeState from, TreeState to) {
        throw new TreeDiffException(
                "Trees cannot be compared: what is installed as the git adapter binds no TreeDiffs;"
                        + " bind them in its module.",
                null);
    }
}

package dev.stele.app;

import com.google.inject.AbstractModule;
import com.google.inject.Module;
import dev.stele.domain.port.Codec;
import dev.stele.domain.port.TreeDiff;
import dev.stele.domain.port.TreeDiffException;
import dev.stele.domain.port.TreeDiffs;
import dev.stele.domain.port.TreeState;
import dev.stele.persistence.CodecModule;

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
    }

    private static TreeDiff cannotCompare(String directory, TreeState from, TreeState to) {
        throw new TreeDiffException(
                "Trees cannot be compared: what is installed as the git adapter binds no TreeDiffs;"
                        + " bind them in its module.",
                null);
    }
}

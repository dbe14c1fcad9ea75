package dev.stele.app.cli;

import dev.stele.app.Changes;
import dev.stele.app.History;
import dev.stele.app.Stele;
import dev.stele.app.SteleReader;
import dev.stele.domain.model.OrchestrationReadModel;
import dev.stele.domain.port.Codec;
import dev.stele.domain.port.StoreException;
import java.time.Duration;

/**
 * A home for commands that only look. It is opened as by anyone who works in it, so that what a
 * killed process left open is put in order before it is shown; where another process works in it,
 * it is read as it stands.
 */
record Archive(History feed, Codec codec, Changes changes, Runnable closing)
        implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    static Archive open(SteleCommand command, Console console) throws InterruptedException {
        Stele.Builder builder =
                command.builder().attach(false).onReplay(new ReplayProgress(console));
        if (command.store() != null) {
            return reading(builder); // whoever only looks does not become the node that writes
        }
        try {
            Stele stele = builder.open();
            finishOpenWork(stele);
            return new Archive(stele, stele.codec(), stele.changes(), stele::close);
        } catch (StoreException.Locked held) {
            return reading(builder);
        }
    }

    private static Archive reading(Stele.Builder builder) {
        SteleReader reader = builder.openReadOnly();
        return new Archive(reader, reader.codec(), reader.changes(), reader::close);
    }

    /** A restore or a commit that was begun by a process that is gone: its end is to be shown. */
    private static void finishOpenWork(Stele stele) throws InterruptedException {
        if (!stele.model().openOperations().isEmpty()) {
            stele.drain(PATIENCE);
        }
    }

    OrchestrationReadModel model() {
        return feed.model();
    }

    @Override
    public void close() {
        closing.run();
    }
}

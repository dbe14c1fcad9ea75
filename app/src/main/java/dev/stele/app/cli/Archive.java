package dev.stele.app.cli;

import dev.stele.app.Stele;
import dev.stele.app.SteleReader;
import dev.stele.domain.model.OrchestrationReadModel;
import dev.stele.domain.port.Codec;
import dev.stele.domain.port.EventFeed;
import dev.stele.domain.port.StoreException;

/**
 * A home for commands that only look. It is opened as by anyone who works in it, so that what a
 * killed process left open is put in order before it is shown; where another process works in it,
 * it is read as it stands.
 */
record Archive(EventFeed feed, Codec codec, Runnable closing) implements AutoCloseable {

    static Archive open(SteleCommand command, Console console) {
        Stele.Builder builder =
                Stele.builder().home(command.home()).onReplay(new ReplayProgress(console));
        try {
            Stele stele = builder.open();
            return new Archive(stele, stele.codec(), stele::close);
        } catch (StoreException.Locked held) {
            SteleReader reader = builder.openReadOnly();
            return new Archive(reader, reader.codec(), reader::close);
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

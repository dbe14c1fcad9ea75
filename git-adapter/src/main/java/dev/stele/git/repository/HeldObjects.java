package dev.stele.git.repository;

import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.Repository;
import org.jspecify.annotations.Nullable;

/** Objects that may lie in several repositories. For one thread at a time. */
public final class HeldObjects implements AutoCloseable {

    private final ObjectReader reader;
    private final @Nullable Repository opened;

    /**
     * @param opened what is closed with this, if anything
     */
    HeldObjects(ObjectReader reader, @Nullable Repository opened) {
        this.reader = reader;
        this.opened = opened;
    }

    /** Reads them, until this is closed. */
    public ObjectReader reader() {
        return reader;
    }

    @Override
    public void close() {
        reader.close();
        if (opened != null) {
            opened.close();
        }
    }
}

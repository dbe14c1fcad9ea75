package dev.stele.git.repository;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.jgit.lib.AnyObjectId;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectLoader;
import org.eclipse.jgit.lib.ObjectReader;
import org.jspecify.annotations.Nullable;

/**
 * What is made by a capture that is only to be compared: its new trees, in memory. Nothing is
 * written, and no content of files is kept. Thread-safe.
 */
public final class TreesInMemory implements NewObjects {

    private final Map<ObjectId, byte[]> trees = new ConcurrentHashMap<>();

    @Override
    public void add(int type, ObjectId id, byte[] content, int length) {
        if (type == Constants.OBJ_TREE) {
            trees.put(id, Arrays.copyOf(content, length));
        }
    }

    @Override
    public @Nullable ObjectId add(int type, long size, InputStream content) throws IOException {
        throw new IllegalStateException("What is known is not read again.");
    }

    /** Nobody asks for the content of files. */
    @Override
    public boolean isKnown(ObjectId id) {
        return true;
    }

    @Override
    public void ofChanges() {
        // It makes no difference.
    }

    /**
     * Reads these trees, and all else from a repository. It is closed with what it is made of.
     *
     * @param rest reads what is not here
     */
    public ObjectReader before(ObjectReader rest) {
        return new Reader(rest);
    }

    /** For one thread at a time. */
    private final class Reader extends ObjectReader.Filter {
        private final ObjectReader rest;

        Reader(ObjectReader rest) {
            this.rest = rest;
        }

        @Override
        protected ObjectReader delegate() {
            return rest;
        }

        @Override
        public ObjectLoader open(AnyObjectId id, int type) throws IOException {
            byte[] tree = trees.get(id.toObjectId());
            return tree == null
                    ? super.open(id, type)
                    : new ObjectLoader.SmallObject(Constants.OBJ_TREE, tree);
        }
    }
}

package dev.stele.git.repository;

import java.io.IOException;
import java.util.function.BooleanSupplier;
import org.eclipse.jgit.internal.storage.file.FileRepository;
import org.eclipse.jgit.internal.storage.file.GC;
import org.eclipse.jgit.lib.EmptyProgressMonitor;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.lib.StoredConfig;

/**
 * Makes one pack of all that the refs of a repository hold. For one use. JGit does it, since
 * projects without a repository may well be on machines without git.
 */
final class Consolidation {

    private final Repository repository;
    private final BooleanSupplier stopped;

    /**
     * @param repository of Stele's own; nobody else writes into it meanwhile
     * @param stopped asked whether that is to be left for later
     */
    Consolidation(Repository repository, BooleanSupplier stopped) {
        this.repository = repository;
        this.stopped = stopped;
    }

    void run() throws IOException {
        if (!(repository instanceof FileRepository files)) {
            return;
        }
        // In memory only: what no ref holds goes at once, since nobody else could want it.
        StoredConfig config = repository.getConfig();
        config.setString("gc", null, "pruneexpire", "now");
        config.setInt("pack", null, "threads", 1);
        var collection = new GC(files);
        collection.setPackExpireAgeMillis(0);
        collection.setProgressMonitor(new Stopping());
        try {
            collection.repack();
        } catch (IOException e) {
            // JGit has deleted what it had written of the new pack.
            if (!stopped.getAsBoolean()) {
                throw e;
            }
        }
    }

    /** Stops JGit where it can be stopped. */
    private final class Stopping extends EmptyProgressMonitor {
        @Override
        public boolean isCancelled() {
            return stopped.getAsBoolean();
        }
    }
}

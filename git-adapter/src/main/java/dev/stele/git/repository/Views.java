package dev.stele.git.repository;

import java.io.IOException;
import org.eclipse.jgit.lib.Repository;

/** Where JGit's views of repositories come from. Thread-safe. */
interface Views {

    /** Makes a new one each time. */
    Views NEW =
            new Views() {
                @Override
                public Repository open(GitLocation location) throws IOException {
                    return ProjectRepository.opened(location);
                }

                @Override
                public void refresh(GitLocation location) {
                    // It knows nothing from before.
                }
            };

    /**
     * Gives a view, which the caller closes.
     *
     * @param location where the repository is
     * @throws IOException when it cannot be opened
     */
    Repository open(GitLocation location) throws IOException;

    /**
     * Makes the view of a repository forget objects that were taken away from the disk.
     *
     * @param location where the repository is
     * @throws IOException when its directories cannot be read
     */
    void refresh(GitLocation location) throws IOException;
}

package dev.stele.domain.port;

/**
 * Tells how two states of a project's working tree differ. It changes nothing that a user can see.
 * Thread-safe.
 */
public interface TreeDiffs {

    /**
     * {@return what changed from one state to the other}
     *
     * @param directory the project's canonical absolute path
     * @param from the earlier state
     * @param to the later state
     * @throws TreeDiffException when one of them cannot be read
     */
    TreeDiff diff(String directory, TreeState from, TreeState to);
}

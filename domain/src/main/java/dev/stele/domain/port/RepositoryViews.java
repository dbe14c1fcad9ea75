package dev.stele.domain.port;

import java.util.List;

/**
 * Tells what projects' repositories are like now, so that people can choose. It changes nothing,
 * and asks no remote. Thread-safe.
 *
 * <p>All methods throw {@link RepositoryException} when there is no repository or it cannot be
 * read.
 */
public interface RepositoryViews {

    /**
     * {@return branches and remotes}
     *
     * @param directory the project's canonical absolute path
     * @throws InterruptedException when the waiting thread is interrupted
     */
    RepositoryView view(String directory) throws InterruptedException;

    /**
     * {@return the paths that differ from the last commit or are new, from the top of the working
     * tree, in git's order} What git ignores is not among them.
     *
     * @param directory the project's canonical absolute path
     * @throws InterruptedException when the waiting thread is interrupted
     */
    List<String> uncommitted(String directory) throws InterruptedException;

    /**
     * {@return how far a branch is from the branch of its name at a remote, as that was when it was
     * last fetched or pushed}
     *
     * @param directory the project's canonical absolute path
     * @param branch the branch
     * @param remote the remote's name
     * @throws InterruptedException when the waiting thread is interrupted
     */
    CommitDistance toRemote(String directory, String branch, String remote)
            throws InterruptedException;

    /**
     * {@return how far a branch is from what is checked out}
     *
     * @param directory the canonical absolute path of the project whose HEAD is meant
     * @param branch the branch
     * @throws InterruptedException when the waiting thread is interrupted
     */
    CommitDistance toHead(String directory, String branch) throws InterruptedException;
}

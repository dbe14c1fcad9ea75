package dev.stele.domain.tck;

/**
 * What {@link GitConformance} needs of an adapter. Each of its directories is a repository with its
 * git directory inside, with at least one commit, with nothing to commit, with a name to commit
 * under, and with a remote that takes every push.
 */
public interface GitFixture extends ReactorFixture {

    /** {@return the remote's name} */
    String remote();
}

package dev.stele.git.capture;

import dev.stele.git.repository.CheckpointRefs;
import java.io.IOException;
import java.time.Instant;
import java.time.ZoneOffset;
import org.eclipse.jgit.errors.IncorrectObjectTypeException;
import org.eclipse.jgit.errors.MissingObjectException;
import org.eclipse.jgit.lib.CommitBuilder;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;
import org.jspecify.annotations.Nullable;

/**
 * The commit of a checkpoint.
 *
 * <p>It has no parent. A child of HEAD would turn up next to the user's own commits in {@code git
 * log --all --graph}, {@code git name-rev} and whatever asks which refs contain a commit, and would
 * keep commits that the user has thrown away; where a project is a sub-directory it would show all
 * the rest as deleted. HEAD is named in the message instead. It is signed by nobody and runs no
 * hook.
 *
 * @param id its id
 * @param tree its tree
 * @param message what it says
 */
record CheckpointCommit(ObjectId id, ObjectId tree, CheckpointMessage message) {

    private static final String NAME = "Stele";

    /** The bytes of a commit. */
    static byte[] bytes(ObjectId tree, CheckpointMessage message, Instant at) throws IOException {
        var author = new PersonIdent(NAME, CheckpointRefs.EMAIL, at, ZoneOffset.UTC);
        var commit = new CommitBuilder();
        commit.setTreeId(tree);
        commit.setAuthor(author);
        commit.setCommitter(author);
        commit.setMessage(message.text());
        return commit.build();
    }

    /**
     * Reads a commit.
     *
     * @return the commit, or null when it is not there, or not that of a checkpoint
     */
    static @Nullable CheckpointCommit find(ObjectReader reader, ObjectId id) throws IOException {
        try (RevWalk walk = new RevWalk(reader)) {
            RevCommit commit = walk.parseCommit(id);
            CheckpointMessage message = CheckpointMessage.parse(commit.getFullMessage());
            walk.parseTree(commit.getTree());
            return message == null
                    ? null
                    : new CheckpointCommit(id, commit.getTree().copy(), message);
        } catch (MissingObjectException | IncorrectObjectTypeException e) {
            return null;
        }
    }
}

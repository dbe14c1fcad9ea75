package dev.stele.git.capture;

import dev.stele.domain.model.CheckpointStats;
import org.eclipse.jgit.lib.ObjectId;

/**
 * A checkpoint that is in the repository, on the disk.
 *
 * @param ref the ref that holds it
 * @param commit its commit
 * @param stats what it holds
 */
public record TakenCheckpoint(String ref, ObjectId commit, CheckpointStats stats) {}

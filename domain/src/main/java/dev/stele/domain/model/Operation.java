package dev.stele.domain.model;

import dev.stele.contracts.CheckpointId;
import dev.stele.contracts.OperationId;
import dev.stele.contracts.ProjectId;
import dev.stele.contracts.ThreadId;
import dev.stele.domain.model.CheckpointStats.LeftPath;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Outside work that an event asked for, open or settled. */
public sealed interface Operation {

    /** {@return its id} */
    OperationId id();

    /** {@return when it was asked for} */
    Instant requestedAt();

    /** {@return how far it is} */
    OperationState state();

    /**
     * {@return this operation in another state}
     *
     * @param newState how far it is
     */
    Operation withState(OperationState newState);

    /** {@return whether its result is not known yet} */
    default boolean isOpen() {
        return state() instanceof OperationState.Open;
    }

    /**
     * Brings back a checkpoint.
     *
     * @param id its id
     * @param threadId the checkpoint's thread
     * @param checkpointId what is brought back
     * @param safetyCheckpointId what an undo brings back
     * @param scope files, conversation or both
     * @param selection which changes of files are taken back
     * @param ticket its place in the lanes
     * @param requestedAt when it was asked for
     * @param state how far it is
     */
    record Restore(
            OperationId id,
            ThreadId threadId,
            CheckpointId checkpointId,
            CheckpointId safetyCheckpointId,
            RestoreScope scope,
            ChangeSelection selection,
            long ticket,
            Instant requestedAt,
            OperationState state)
            implements Operation {
        @Override
        public Restore withState(OperationState newState) {
            return new Restore(
                    id,
                    threadId,
                    checkpointId,
                    safetyCheckpointId,
                    scope,
                    selection,
                    ticket,
                    requestedAt,
                    newState);
        }
    }

    /**
     * Commits changes.
     *
     * @param id its id
     * @param threadId its thread
     * @param message the commit message
     * @param selection which changes
     * @param ticket its place in the lanes
     * @param requestedAt when it was asked for
     * @param left changes of the selection that are not in the commit, with the reason
     * @param state how far it is
     */
    record Commit(
            OperationId id,
            ThreadId threadId,
            String message,
            ChangeSelection selection,
            long ticket,
            Instant requestedAt,
            List<LeftPath> left,
            OperationState state)
            implements Operation {
        /** Makes the list immutable. */
        public Commit {
            left = List.copyOf(left);
        }

        @Override
        public Commit withState(OperationState newState) {
            return new Commit(
                    id, threadId, message, selection, ticket, requestedAt, left, newState);
        }

        /** {@return whether it holds all that its thread had changed until then} */
        public boolean isWhole() {
            return state instanceof OperationState.Recorded
                    && left.isEmpty()
                    && !(selection instanceof ChangeSelection.Paths);
        }

        /**
         * {@return this commit with what it does not hold}
         *
         * @param newLeft changes of the selection that are not in it, with the reason
         */
        public Commit withLeft(List<LeftPath> newLeft) {
            return new Commit(
                    id, threadId, message, selection, ticket, requestedAt, newLeft, state);
        }
    }

    /**
     * Makes a branch.
     *
     * @param id its id
     * @param projectId its project
     * @param name the branch
     * @param from where it starts; null is HEAD
     * @param requestedAt when it was asked for
     * @param state how far it is
     */
    record Branch(
            OperationId id,
            ProjectId projectId,
            String name,
            @Nullable String from,
            Instant requestedAt,
            OperationState state)
            implements Operation {
        @Override
        public Branch withState(OperationState newState) {
            return new Branch(id, projectId, name, from, requestedAt, newState);
        }
    }

    /**
     * Pushes a branch.
     *
     * @param id its id
     * @param projectId its project
     * @param branch the branch
     * @param remote the remote's name
     * @param lease what a forced push may replace, or null
     * @param requestedAt when it was asked for
     * @param state how far it is
     */
    record Push(
            OperationId id,
            ProjectId projectId,
            String branch,
            String remote,
            @Nullable String lease,
            Instant requestedAt,
            OperationState state)
            implements Operation {
        @Override
        public Push withState(OperationState newState) {
            return new Push(id, projectId, branch, remote, lease, requestedAt, newState);
        }
    }

    /**
     * Removes what thinned-out checkpoints left outside.
     *
     * @param id its id
     * @param projectId their project
     * @param policy by which they went
     * @param checkpoints what is to go, oldest first within each thread
     * @param requestedAt when they went
     * @param state how far it is
     */
    record Thinning(
            OperationId id,
            ProjectId projectId,
            ThinningPolicy policy,
            List<CheckpointId> checkpoints,
            Instant requestedAt,
            OperationState state)
            implements Operation {
        /** Makes the list immutable. */
        public Thinning {
            checkpoints = List.copyOf(checkpoints);
        }

        @Override
        public Thinning withState(OperationState newState) {
            return new Thinning(id, projectId, policy, checkpoints, requestedAt, newState);
        }
    }

    /**
     * Removes what a deleted thread left outside.
     *
     * @param id its id
     * @param subject what is to go
     * @param threadId the deleted thread
     * @param place where its project was
     * @param requestedAt when the thread was deleted
     * @param state how far it is
     */
    record Cleanup(
            OperationId id,
            Subject subject,
            ThreadId threadId,
            Place place,
            Instant requestedAt,
            OperationState state)
            implements Operation {

        @Override
        public Cleanup withState(OperationState newState) {
            return new Cleanup(id, subject, threadId, place, requestedAt, newState);
        }

        /** {@return the directory of its project} */
        public String directory() {
            return place.path();
        }

        /** What a clean-up removes. */
        public enum Subject {
            /** The agent's process and session. */
            AGENT("-agent-cleanup"),
            /** The git refs of its checkpoints. */
            REFS("-refs-cleanup");

            private final String suffix;

            Subject(String suffix) {
                this.suffix = suffix;
            }

            /**
             * {@return the end of such a clean-up's id; ids of people's operations never end so}
             */
            public String suffix() {
                return suffix;
            }
        }
    }
}

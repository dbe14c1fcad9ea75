package dev.stele.domain.model;

import dev.stele.contracts.OperationId;
import dev.stele.contracts.ProjectId;
import dev.stele.contracts.ThreadId;
import io.vavr.collection.TreeMap;
import io.vavr.collection.Vector;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A working directory.
 *
 * @param id its id
 * @param name its name
 * @param path the directory, absolute and canonical
 * @param node the node that has the directory, and alone runs agents and git there; null when the
 *     log is not shared by nodes
 * @param createdAt when it became a project
 * @param threads its threads by their place, oldest first
 * @param threadsEver how many threads it ever had: the next thread's place
 * @param operations its branches and pushes, oldest first
 * @param policy what agents may do in it without asking a person
 */
public record Project(
        ProjectId id,
        String name,
        String path,
        @Nullable String node,
        Instant createdAt,
        TreeMap<Integer, ThreadId> threads,
        int threadsEver,
        Vector<OperationId> operations,
        ActionPolicy policy) {

    /** {@return where it is} */
    public Place place() {
        return new Place(path, node);
    }

    /**
     * {@return this project under another name}
     *
     * @param newName its name
     */
    public Project withName(String newName) {
        return new Project(
                id, newName, path, node, createdAt, threads, threadsEver, operations, policy);
    }

    /**
     * {@return this project with one more thread}
     *
     * @param threadId the thread
     */
    public Project plusThread(ThreadId threadId) {
        return new Project(
                id,
                name,
                path,
                node,
                createdAt,
                threads.put(threadsEver, threadId),
                threadsEver + 1,
                operations,
                policy);
    }

    /**
     * {@return this project without the thread at a place}
     *
     * @param position the thread's place in the project
     */
    public Project minusThread(int position) {
        return new Project(
                id,
                name,
                path,
                node,
                createdAt,
                threads.remove(position),
                threadsEver,
                operations,
                policy);
    }

    /**
     * {@return this project with one more branch or push}
     *
     * @param operationId the operation
     */
    public Project plusOperation(OperationId operationId) {
        return new Project(
                id,
                name,
                path,
                node,
                createdAt,
                threads,
                threadsEver,
                operations.append(operationId),
                policy);
    }

    /**
     * {@return this project with another policy}
     *
     * @param newPolicy what agents may do in it without asking a person
     */
    public Project withPolicy(ActionPolicy newPolicy) {
        return new Project(
                id, name, path, node, createdAt, threads, threadsEver, operations, newPolicy);
    }
}

package dev.stele.git.worktree;

import dev.stele.contracts.OperationId;
import dev.stele.git.capture.StopSign;
import dev.stele.git.operation.BegunOperations;
import dev.stele.git.testing.Capturing;
import dev.stele.git.testing.WorkTree;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A repository and a place for worktrees of it beside, as tests need them. */
final class Worktrees {

    static final Duration LIMIT = Duration.ofSeconds(60);

    final WorkTree project;
    final Capturing capturing = new Capturing();
    final BegunOperations begun;
    private final Path state;
    private final Path place;
    private int count;

    Worktrees(Path temp) {
        project = WorkTree.init(temp.resolve("project"));
        project.git().run("config", "user.name", "Ada");
        project.git().run("config", "user.email", "ada@example.invalid");
        state = temp.resolve("state");
        begun = new BegunOperations(state);
        try {
            place = Files.createDirectories(temp.resolve("worktrees")).toRealPath();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    OperationId nextId() {
        return new OperationId("op" + count++);
    }

    WorktreeRequest request(String name) {
        return request(nextId(), name);
    }

    WorktreeRequest request(OperationId id, String name) {
        Path top = place.resolve(name);
        return new WorktreeRequest(id, project.root(), top, top, "stele/" + name);
    }

    WorkTree tree(String name) {
        return new WorkTree(place.resolve(name));
    }

    String add(WorktreeRequest request, @Nullable String from) throws InterruptedException {
        return new WorktreeAdding(begun, LIMIT).add(request, from, new StopSign());
    }

    WorkTree added(String name) throws InterruptedException {
        add(request(name), null);
        return tree(name);
    }

    String remove(WorktreeRequest request, @Nullable String checkpoint)
            throws InterruptedException {
        return new WorktreeRemoval(capturing.checkpoints(), state, LIMIT)
                .remove(request, checkpoint, new StopSign());
    }

    String merge(WorktreeRequest request) throws InterruptedException {
        return new WorktreeMerge(begun, LIMIT).merge(request, new StopSign());
    }

    Path state() {
        return state;
    }

    Path place() {
        return place;
    }
}

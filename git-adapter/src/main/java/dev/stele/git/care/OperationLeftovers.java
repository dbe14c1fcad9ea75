package dev.stele.git.care;

import dev.stele.contracts.OperationId;
import dev.stele.domain.model.Operation;
import dev.stele.domain.model.OperationState;
import dev.stele.domain.model.OrchestrationReadModel;
import dev.stele.domain.model.Project;
import dev.stele.domain.model.Worktree;
import dev.stele.domain.port.CheckpointReport.Finding;
import dev.stele.domain.port.CheckpointReport.Kind;
import dev.stele.git.disk.Trees;
import dev.stele.git.operation.IndexLock;
import dev.stele.git.repository.GitFailure;
import dev.stele.git.repository.GitLocation;
import dev.stele.git.worktree.WorktreeRemoval;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Finds what operations have left that will not go on: they were given up while nobody worked on
 * them, or could not clear away in the end. What is named after an operation that is under way, or
 * that this home does not know, is left alone.
 */
final class OperationLeftovers {

    /** In git directories: copies of the index, and what merges check out. */
    private static final Pattern NAME =
            Pattern.compile("stele-(?:index|merge)-([A-Za-z0-9_-]{1,100}?)(?:-part)?(?:\\.lock)?");

    private final OrchestrationReadModel model;
    private final boolean repair;

    /**
     * @param repair whether what is found is put right
     */
    OperationLeftovers(OrchestrationReadModel model, boolean repair) {
        this.model = model;
        this.repair = repair;
    }

    /** What is left in the git directory of a working tree. */
    List<Finding> inGitDir(Path gitDir) throws IOException {
        List<Finding> findings = new ArrayList<>();
        for (Path path : children(gitDir)) {
            Matcher name = NAME.matcher(path.getFileName().toString());
            if (name.matches() && isOver(new OperationId(name.group(1)))) {
                findings.add(removed(Kind.OLD_FILE, path));
            }
        }
        Path lock = gitDir.resolve("index.lock");
        OperationId holder = IndexLock.holder(lock);
        if (holder != null && isOver(holder)) {
            findings.add(removed(Kind.OLD_LOCK, lock));
        }
        return findings;
    }

    /** Worktrees that were moved aside to be removed, and stayed there. */
    List<Finding> ofWorktrees() throws IOException {
        var folders = new TreeSet<Path>();
        for (Project project : model.projects().values()) {
            Worktree worktree = project.worktree();
            if (worktree != null) {
                folders.add(Path.of(worktree.top()).resolveSibling(""));
            }
        }
        List<Finding> findings = new ArrayList<>();
        for (Path folder : folders) {
            for (Path aside : children(folder)) {
                OperationId id = WorktreeRemoval.ofAside(aside);
                Path top = id == null || !isOver(id) ? null : placeBefore(id);
                if (top != null && top.resolveSibling("").equals(folder)) {
                    findings.add(cleared(aside, top));
                }
            }
        }
        return findings;
    }

    /** Where the worktree of a removal was, or null when that is not known. */
    private @Nullable Path placeBefore(OperationId id) {
        if (!(model.operation(id) instanceof Operation.RemoveWorktree removal)) {
            return null;
        }
        Project project = model.project(removal.worktreeId());
        Worktree worktree = project == null ? null : project.worktree();
        return worktree == null ? null : Path.of(worktree.top());
    }

    /**
     * Git let go of a worktree only after all in it was known to be kept; until then what was moved
     * aside is the user's, and belongs back in its place.
     */
    private Finding cleared(Path aside, Path top) throws IOException {
        if (!isKnownToGit(aside)) {
            return removed(Kind.OLD_FILE, aside);
        }
        boolean free = Files.notExists(top, LinkOption.NOFOLLOW_LINKS);
        if (repair && free) {
            Files.move(aside, top);
        }
        return new Finding(Kind.MOVED_WORKTREE, aside.toString(), repair && free);
    }

    private static boolean isKnownToGit(Path aside) throws IOException {
        try {
            return GitLocation.find(aside).workTree().equals(aside.toRealPath());
        } catch (GitFailure | NoSuchFileException e) {
            return false;
        }
    }

    private boolean isOver(OperationId id) {
        Operation operation = model.operation(id);
        return operation != null && !(operation.state() instanceof OperationState.Open);
    }

    private Finding removed(Kind kind, Path path) throws IOException {
        if (repair) {
            Trees.delete(path);
        }
        return new Finding(kind, path.toString(), repair);
    }

    private static List<Path> children(Path directory) throws IOException {
        List<Path> children = new ArrayList<>();
        try (DirectoryStream<Path> stream = Files.newDirectoryStream(directory)) {
            stream.forEach(children::add);
        } catch (NoSuchFileException | NotDirectoryException e) {
            return children;
        }
        children.sort(null);
        return children;
    }
}

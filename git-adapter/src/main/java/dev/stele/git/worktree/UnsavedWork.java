package dev.stele.git.worktree;

import static java.nio.file.StandardCopyOption.COPY_ATTRIBUTES;

import dev.stele.domain.model.CheckpointStats.LeftPath;
import dev.stele.git.capture.Checkpoints;
import dev.stele.git.capture.HeldCheckpoint;
import dev.stele.git.capture.StopSign;
import dev.stele.git.disk.RawNames;
import dev.stele.git.program.GitProgram;
import dev.stele.git.repository.GitFailure;
import dev.stele.git.repository.GitLocation;
import dev.stele.git.repository.HeldObjects;
import dev.stele.git.repository.ProjectRepository;
import dev.stele.git.repository.Scratch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What would be lost with the files of a worktree, since neither a commit nor a checkpoint holds
 * it. What git ignores does not count.
 */
final class UnsavedWork {

    private final Checkpoints checkpoints;
    private final Path project;
    private final Path directory;
    private final Duration limit;
    private final @Nullable String checkpoint;
    private final StopSign stop;

    /**
     * @param checkpoints looks into checkpoints and working trees
     * @param project the project's directory as its checkpoints know it
     * @param directory where what is read is kept meanwhile
     * @param limit how long git may take
     * @param checkpoint the ref of the checkpoint that counts as a place to keep things; null for
     *     none
     */
    UnsavedWork(
            Checkpoints checkpoints,
            Path project,
            Path directory,
            Duration limit,
            @Nullable String checkpoint,
            StopSign stop) {
        this.checkpoints = checkpoints;
        this.project = project;
        this.directory = directory;
        this.limit = limit;
        this.checkpoint = checkpoint;
        this.stop = stop;
    }

    /**
     * Checks that nothing would be lost.
     *
     * @param location where the working tree is now; its git directory may know another place
     * @throws GitFailure when something would; it names the paths
     */
    void requireNone(GitLocation location) throws IOException, InterruptedException {
        UnfinishedWork.requireNone(location);
        if (Files.exists(location.gitDir().resolve("modules"))) {
            throw new GitFailure(
                    "The worktree "
                            + location.workTree()
                            + " has submodules, whose repositories would go with it; push or move"
                            + " what they hold, then 'git worktree remove --force' it.");
        }
        try (Scratch scratch = Scratch.in(directory)) {
            List<StatusEntry> entries = status(location, scratch);
            if (checkpoint == null) {
                refuse(
                        "has changes that are not committed; commit them, or let a checkpoint be"
                                + " taken first",
                        location,
                        entries.stream().map(StatusEntry::path).toList());
            } else {
                requireHeld(location, scratch, entries, checkpoint);
            }
        }
    }

    private void requireHeld(
            GitLocation location, Scratch scratch, List<StatusEntry> entries, String ref)
            throws IOException {
        refuse(
                "has changes outside of the project's directory, which checkpoints do not hold;"
                        + " commit them",
                location,
                entries.stream()
                        .map(StatusEntry::path)
                        .filter(path -> !path.startsWith(location.prefix()))
                        .toList());
        refuse(
                "has staged something that is no longer on the disk, which checkpoints do not"
                        + " hold; commit or unstage it",
                location,
                entries.stream()
                        .filter(StatusEntry::isStagedOtherwise)
                        .map(StatusEntry::path)
                        .toList());
        try (ProjectRepository repository = checkpoints.openMoved(location, project);
                HeldObjects objects = repository.heldObjects(scratch.objects())) {
            HeldCheckpoint held = checkpoints.open(repository, objects.reader(), ref);
            refuse(
                    "holds what is left out of the checkpoint; move it away, or commit it",
                    location,
                    held.left().stream().map(LeftPath::path).toList());
            if (!held.tree().equals(checkpoints.current(repository, scratch.objects()).tree())) {
                throw new GitFailure(
                        "Files of the worktree "
                                + location.workTree()
                                + " were changed after the checkpoint was taken; remove it again.");
            }
        }
    }

    private static void refuse(String why, GitLocation location, List<String> raw) {
        if (!raw.isEmpty()) {
            throw new GitFailure(
                    "The worktree " + location.workTree() + " " + why + ".",
                    raw.stream().map(RawNames::display).toList());
        }
    }

    /** By a copy of the index, in which no entry is taken as unchanged without a look. */
    private List<StatusEntry> status(GitLocation location, Scratch scratch)
            throws IOException, InterruptedException {
        Path copy = scratch.objects().resolve("index");
        Path index = location.gitDir().resolve("index");
        if (Files.exists(index)) {
            Files.copy(index, copy, COPY_ATTRIBUTES);
        }
        GitProgram git = WorkTreeGit.of(location, copy, limit);
        new HiddenChanges(git, location.workTree(), stop).show();
        return StatusEntry.all(git, stop);
    }
}

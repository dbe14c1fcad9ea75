package dev.stele.git.capture;

import dev.stele.git.capture.ContentReader.Content;
import dev.stele.git.disk.Stamp;
import dev.stele.git.index.TrackedPaths;
import dev.stele.git.repository.GitFailure;
import dev.stele.git.repository.ProjectRepository;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.jspecify.annotations.Nullable;

/** Judges and reads what is no directory. Thread-safe. */
final class FileScan {

    private final ProjectRepository repository;
    private final boolean fileMode;
    private final TrackedPaths tracked;
    private final CaptureLimits limits;
    private final ContentReader contents;
    private final long readAt;
    private final AtomicInteger files = new AtomicInteger();
    private final AtomicLong bytes = new AtomicLong();

    /**
     * @param readAt see {@link Stamp#isRacy}
     */
    FileScan(
            ProjectRepository repository,
            TrackedPaths tracked,
            CaptureLimits limits,
            ContentReader contents,
            long readAt) {
        this.repository = repository;
        this.fileMode = repository.fileMode();
        this.tracked = tracked;
        this.limits = limits;
        this.contents = contents;
        this.readAt = readAt;
    }

    /** What a name comes to, or null when it has vanished. */
    @Nullable Node node(FoundName name) {
        if (name.ignored() && !tracked.contains(name.path())) {
            return new Node.Ignored(name.name(), false);
        }
        if (!GitNames.isAllowed(name.name(), name.stamp())) {
            return name.left(Reasons.NAME);
        }
        if (!name.stamp().isRegular() && !name.stamp().isLink()) {
            return name.left(Reasons.SPECIAL);
        }
        require(files.incrementAndGet(), bytes.get());
        if (name.old() instanceof Node.Blob blob
                && !blob.racy()
                && blob.stamp().equals(name.stamp())) {
            Node.Blob now = blob(name, blob.stamp(), blob.id(), false);
            return now.equals(blob) ? blob : now;
        }
        boolean large = name.stamp().size() > limits.untrackedFileBytes();
        if (large && !tracked.contains(name.path())) {
            return name.left(Reasons.tooLarge(name.stamp().size(), limits.untrackedFileBytes()));
        }
        require(0, bytes.addAndGet(name.stamp().size()));
        return read(name);
    }

    private @Nullable Node read(FoundName name) {
        ObjectId known = name.old() instanceof Node.Blob blob ? blob.id() : null;
        return switch (contents.read(name.directory(), name.name(), name.stamp(), known)) {
            case Content.Stored(var id, var stamp) -> blob(name, stamp, id, stamp.isRacy(readAt));
            case Content.Gone() -> null;
            case Content.Unread(var why) -> name.left(why);
        };
    }

    private Node.Blob blob(FoundName name, Stamp stamp, ObjectId id, boolean racy) {
        return new Node.Blob(name.name(), stamp, racy, mode(name, stamp), id, name.ignored());
    }

    /** Where execute bits mean nothing, tracked files keep the mode that they are tracked with. */
    private int mode(FoundName name, Stamp stamp) {
        if (stamp.isLink()) {
            return FileMode.SYMLINK.getBits();
        }
        boolean executable = fileMode ? stamp.isExecutable() : tracked.isExecutable(name.path());
        return (executable ? FileMode.EXECUTABLE_FILE : FileMode.REGULAR_FILE).getBits();
    }

    /**
     * Checks the limits for all of a tree.
     *
     * @throws GitFailure when it holds too much
     */
    void require(int heldFiles, long heldBytes) {
        if (heldFiles > limits.files()) {
            throw tooMuch(limits.files() + " files");
        }
        if (heldBytes > limits.bytes()) {
            throw tooMuch(limits.bytes() + " bytes");
        }
    }

    private GitFailure tooMuch(String limit) {
        return new GitFailure(
                "The directory "
                        + repository.location().directory()
                        + " holds more than "
                        + limit
                        + "; name what is generated in .gitignore, or raise the limit.");
    }
}

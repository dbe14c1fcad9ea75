package dev.stele.git.repository;

import dev.stele.git.disk.RawNames;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds the repository that holds a project's checkpoints: the user's own, or one of Stele's where
 * the project is in none, or in one of a format in which none can be kept. Those of Stele lie
 * outside the projects, and are named by a project's canonical path. When a project gets a
 * repository later, new checkpoints go there, and those taken before are still found. Those worked
 * in last stay open until they are closed all together. Thread-safe.
 */
public final class Repositories implements AutoCloseable {

    private static final String NAME = "trees";

    private final Path directory;
    private final KeptRepositories kept = new KeptRepositories();

    /**
     * @param directory below which Stele's own repositories are; made when it is not there
     */
    public Repositories(Path directory) {
        this.directory = directory.toAbsolutePath().normalize();
    }

    /** The directory that Stele's own repositories are below. */
    public Path directory() {
        return directory;
    }

    /**
     * Opens the repository of a project; one of Stele's own is made when there is none.
     *
     * @param project the project's directory, absolute
     * @throws GitFailure when it cannot be worked with
     */
    public ProjectRepository open(Path project) {
        Path own = own(project);
        GitLocation found = GitLocation.search(project);
        if (found == null) {
            GitLocation made = made(own, project);
            return open(made, made, ProjectRepository.format(made), null);
        }
        RepositoryFormat format = ProjectRepository.format(found);
        return format.isForeign()
                ? open(found, made(own, project), format, null)
                : open(found, found, format, exists(own) ? own : null);
    }

    private ProjectRepository open(
            GitLocation location,
            GitLocation store,
            RepositoryFormat format,
            @Nullable Path earlier) {
        // Nobody would notice that a file has changed that the configuration includes.
        return ProjectRepository.open(
                location, store, format, earlier, format.includes() ? Views.NEW : kept);
    }

    /** Lets go of a repository of Stele's own, before it is packed anew or deleted. */
    public void letGo(OwnRepository own) {
        kept.close(own.gitDir());
    }

    /** Closes what is still open; from now on nothing stays open between pieces of work. */
    @Override
    public void close() {
        kept.close();
    }

    private GitLocation made(Path own, Path project) {
        try {
            GitLocation location = GitLocation.separate(project, own);
            if (!exists(own)) {
                new OwnRepository(own).make(location.directory(), directory);
            }
            return location;
        } catch (IOException e) {
            throw new GitFailure(
                    "Stele cannot keep checkpoints of "
                            + project
                            + " in its own directory "
                            + directory
                            + ": "
                            + e.getMessage()
                            + "; make room there, or let Stele write.",
                    e);
        }
    }

    /**
     * The repository of Stele's own that a project has or had, or null when it never had one.
     *
     * @param project the project's directory as it was known; it may be gone
     */
    public @Nullable OwnRepository existing(Path project) {
        Path own = own(project);
        return exists(own) ? new OwnRepository(own) : null;
    }

    /**
     * Opens the repository of a project for one of its checkpoints, which may be of a worktree that
     * is gone: those of a repository in which nothing can be kept have each a repository of their
     * own.
     *
     * @param project the project's directory, absolute
     * @param ref the checkpoint's
     * @throws GitFailure when it cannot be worked with
     */
    public ProjectRepository openFor(Path project, String ref) throws IOException {
        ProjectRepository repository = open(project);
        if (!repository.isForeign() || repository.checkpoint(ref) != null) {
            return repository;
        }
        List<OwnRepository> holding = holding(ref);
        if (holding.isEmpty()) {
            return repository;
        }
        repository.close();
        return holding.getFirst().open(project);
    }

    /**
     * Opens the repository of a project whose directory was moved aside.
     *
     * @param now where it is
     * @param project where it was
     * @throws GitFailure when it cannot be worked with
     */
    public ProjectRepository openMoved(GitLocation now, Path project) {
        RepositoryFormat format = ProjectRepository.format(now);
        Path own = own(project);
        return format.isForeign()
                ? open(
                        now,
                        new GitLocation(now.directory(), now.directory(), own, own, ""),
                        format,
                        null)
                : open(now, now, format, null);
    }

    /**
     * The repositories of Stele's own that hold a ref, or refs below a name.
     *
     * @param ref the full name
     */
    public List<OwnRepository> holding(String ref) throws IOException {
        List<OwnRepository> holding = new ArrayList<>();
        for (Path own : made()) {
            if (Files.exists(own.resolve(ref))) {
                holding.add(new OwnRepository(own));
            }
        }
        return holding;
    }

    /** All of Stele's own; the names of unfinished ones have a dot. */
    private List<Path> made() throws IOException {
        List<Path> made = new ArrayList<>();
        try (DirectoryStream<Path> all =
                Files.newDirectoryStream(
                        directory.resolve(NAME),
                        path -> path.getFileName().toString().indexOf('.') < 0)) {
            all.forEach(made::add);
        } catch (NoSuchFileException | NotDirectoryException e) {
            return made;
        }
        return made;
    }

    /**
     * What crashes have left beside Stele's own repositories: those that were never finished.
     *
     * @param before when they were touched last, at most
     */
    public List<Path> unfinished(Instant before) throws IOException {
        List<Path> unfinished = new ArrayList<>();
        try (DirectoryStream<Path> all = Files.newDirectoryStream(directory.resolve(NAME), "*.*")) {
            for (Path one : all) {
                if (Files.getLastModifiedTime(one).toInstant().isBefore(before)) {
                    unfinished.add(one);
                }
            }
        } catch (NoSuchFileException e) {
            return unfinished;
        }
        return unfinished;
    }

    private static boolean exists(Path own) {
        return Files.isDirectory(own, LinkOption.NOFOLLOW_LINKS);
    }

    private Path own(Path project) {
        try {
            byte[] name = RawNames.bytes(RawNames.of(project.normalize()));
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(name);
            return directory.resolve(NAME).resolve(HexFormat.of().formatHex(digest));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-256.", e);
        }
    }
}

package dev.stele.git.repository;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;

import dev.stele.git.disk.RawNames;
import dev.stele.git.disk.Trees;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.BooleanSupplier;

/**
 * A repository of Stele's own, for a project that is in none: without a working tree of its own,
 * and nothing of it in the project.
 *
 * @param gitDir where it is
 */
public record OwnRepository(Path gitDir) {

    /** Git takes as many for too many. */
    private static final int MANY_PACKS = 50;

    private static final String DESCRIPTION = "Checkpoints of ";

    private static final String CONFIG =
            """
            [core]
            \trepositoryformatversion = 0
            \tfilemode = true
            \tbare = true
            [gc]
            \tauto = 0
            """;

    /**
     * Makes it, all at once.
     *
     * @param project the project's directory
     * @param state Stele's own directory, of which nothing goes into checkpoints
     */
    void make(Path project, Path state) throws IOException {
        Path unfinished = gitDir.resolveSibling(gitDir.getFileName() + "." + UUID.randomUUID());
        Files.createDirectories(unfinished.resolve("objects").resolve("pack"));
        Files.createDirectories(unfinished.resolve("refs"));
        write(unfinished.resolve("HEAD"), "ref: refs/heads/main\n");
        write(unfinished.resolve("config"), CONFIG);
        // For people who wonder what it is.
        write(unfinished.resolve("description"), DESCRIPTION + project + "\n");
        if (state.startsWith(project)) {
            Path exclude = unfinished.resolve("info").resolve("exclude");
            Files.createDirectories(exclude.getParent());
            String inside = RawNames.display(RawNames.of(project.relativize(state)));
            write(exclude, "/" + inside.replaceAll("[*?\\[\\]\\\\ ]", "\\\\$0") + "/\n");
        }
        publish(unfinished);
    }

    /** Whether the directory that it was made for is there no more. */
    public boolean isLeft() throws IOException {
        Path file = gitDir.resolve("description");
        String text = Files.exists(file) ? Files.readString(file, UTF_8).strip() : "";
        return text.startsWith(DESCRIPTION)
                && Files.notExists(Path.of(text.substring(DESCRIPTION.length())));
    }

    private static void write(Path file, String content) throws IOException {
        Files.writeString(file, content, UTF_8);
        FileSync.force(file);
    }

    /** Somebody else may have made the same one meanwhile. */
    private void publish(Path unfinished) throws IOException {
        try {
            Files.move(unfinished, gitDir, ATOMIC_MOVE);
            FileSync.force(gitDir.resolveSibling(""));
        } catch (FileSystemException e) {
            Trees.delete(unfinished);
            if (!Files.isDirectory(gitDir)) {
                throw e;
            }
        }
    }

    /**
     * Opens it.
     *
     * @param project the project's directory, which may be gone
     */
    public ProjectRepository open(Path project) {
        return ProjectRepository.open(new GitLocation(project, project, gitDir, gitDir, ""));
    }

    /** Whether what it holds is in many packs, as captures leave them: each adds one. */
    public boolean isScattered() throws IOException {
        return packs() >= MANY_PACKS;
    }

    private int packs() throws IOException {
        Path directory = gitDir.resolve("objects").resolve("pack");
        try (DirectoryStream<Path> packs = Files.newDirectoryStream(directory, "*.pack")) {
            int count = 0;
            for (Path _ : packs) {
                count++;
            }
            return count;
        } catch (NoSuchFileException e) {
            return 0;
        }
    }

    /** Packs that JGit has begun and a crash has left. */
    public List<Path> unfinished(Instant before) throws IOException {
        List<Path> unfinished = new ArrayList<>();
        Path directory = gitDir.resolve("objects").resolve("pack");
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, "gc_*_tmp")) {
            for (Path file : files) {
                if (Files.getLastModifiedTime(file).toInstant().isBefore(before)) {
                    unfinished.add(file);
                }
            }
        } catch (NoSuchFileException e) {
            return unfinished;
        }
        return unfinished;
    }

    /** The bytes of all its files. */
    public long size() throws IOException {
        return Trees.size(gitDir);
    }

    /**
     * Makes one pack of all that its refs hold, and deletes all else. The old packs go when the new
     * one is on the disk. Nobody else writes into it meanwhile.
     *
     * @param project the project's directory, which may be gone
     * @param stopped asked again and again whether that is to be left for later
     * @throws IOException when it cannot be done; everything is as it was then
     */
    public void consolidate(Path project, BooleanSupplier stopped) throws IOException {
        try (ProjectRepository repository = open(project)) {
            new Consolidation(repository.jgit(), stopped).run();
        }
    }

    /** Deletes it with all that it holds. */
    public void delete() throws IOException {
        Trees.delete(gitDir);
    }
}

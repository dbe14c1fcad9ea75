package dev.stele.git.restore;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;

import dev.stele.contracts.OperationId;
import dev.stele.domain.model.CheckpointStats.LeftPath;
import dev.stele.git.change.FileState;
import dev.stele.git.disk.RawNames;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The plans of restores that are under way, one file each, on the disk before the first path is
 * replaced. A plan that is lost before that is made again, and comes to the same. A restore whose
 * process died goes on by its plan: it asks of each path whether it still is as it was, or already
 * as it should be.
 *
 * <p>A line each, with blanks between escaped fields: {@code directory PATH}, {@code step PATH FROM
 * TO} with a mode and an id or a hyphen for FROM and TO, {@code left PATH WHY}, {@code merged
 * PATH}, and {@code end}.
 */
final class Journal {

    private static final String SUFFIX = ".restore";

    private final Path directory;

    /**
     * @param directory where journals are; made when it is not there
     */
    Journal(Path directory) {
        this.directory = directory;
    }

    /**
     * What a journal says.
     *
     * @param project the project's directory
     */
    record Entry(Path project, RestorePlan plan) {}

    /** Writes the plan of a restore; it is on the disk when {@link #files} are synced. */
    void write(OperationId restoreId, Entry entry) throws IOException {
        List<String> lines = new ArrayList<>();
        lines.add("directory " + RawNames.escaped(RawNames.of(entry.project())));
        for (Step step : entry.plan().steps()) {
            lines.add(
                    "step "
                            + RawNames.escaped(step.path())
                            + " "
                            + FileState.text(step.from())
                            + " "
                            + FileState.text(step.to()));
        }
        for (LeftPath left : entry.plan().left()) {
            lines.add(
                    "left "
                            + RawNames.escaped(left.path())
                            + " "
                            + RawNames.escaped(RawNames.fromText(left.why())));
        }
        entry.plan().merged().forEach(path -> lines.add("merged " + RawNames.escaped(path)));
        lines.add("end");
        Files.createDirectories(directory);
        Path unfinished = directory.resolve(restoreId + SUFFIX + ".new");
        Files.write(unfinished, lines, UTF_8);
        Files.move(unfinished, file(restoreId), ATOMIC_MOVE, REPLACE_EXISTING);
    }

    /** What has to be synced before the plan of a restore is needed. */
    List<Path> files(OperationId restoreId) {
        return List.of(file(restoreId), directory);
    }

    /**
     * The plan of a restore that was begun, or null when there is none.
     *
     * @throws IOException also when the file is none of ours
     */
    @Nullable Entry read(OperationId restoreId) throws IOException {
        List<String> lines;
        try {
            lines = Files.readAllLines(file(restoreId), UTF_8);
        } catch (NoSuchFileException e) {
            return null;
        }
        try {
            return parse(lines);
        } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
            throw new IOException("The journal " + file(restoreId) + " cannot be read.", e);
        }
    }

    private static Entry parse(List<String> lines) throws IOException {
        List<Step> steps = new ArrayList<>();
        List<LeftPath> left = new ArrayList<>();
        Set<String> merged = new HashSet<>();
        Path project = Path.of("");
        for (String line : lines) {
            String[] fields = line.split(" ", -1);
            switch (fields[0]) {
                case "directory" ->
                        project = RawNames.resolve(Path.of("/"), RawNames.unescaped(fields[1]));
                case "step" ->
                        steps.add(
                                new Step(
                                        RawNames.unescaped(fields[1]),
                                        FileState.parse(fields[2]),
                                        FileState.parse(fields[3])));
                case "left" ->
                        left.add(
                                new LeftPath(
                                        RawNames.unescaped(fields[1]),
                                        RawNames.display(RawNames.unescaped(fields[2]))));
                case "merged" -> merged.add(RawNames.unescaped(fields[1]));
                case "end" -> {
                    return new Entry(project, new RestorePlan(steps, left, merged));
                }
                default -> throw new IOException("A journal has a line that is not known: " + line);
            }
        }
        throw new IOException("A journal has no end.");
    }

    /** Removes the journal of a restore; one that is not there is no failure. */
    void delete(OperationId restoreId) throws IOException {
        Files.deleteIfExists(file(restoreId));
    }

    /** The restores that have a journal. */
    List<OperationId> restores() throws IOException {
        List<OperationId> restores = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, "*" + SUFFIX)) {
            for (Path file : files) {
                String name = file.getFileName().toString();
                restores.add(new OperationId(name.substring(0, name.length() - SUFFIX.length())));
            }
        } catch (NoSuchFileException e) {
            return restores;
        }
        return restores;
    }

    private Path file(OperationId restoreId) {
        return directory.resolve(restoreId + SUFFIX);
    }
}

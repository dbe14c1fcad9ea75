package dev.stele.git.erase;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;

import dev.stele.git.disk.RawNames;
import dev.stele.git.repository.FileSync;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.eclipse.jgit.lib.ObjectId;

/**
 * What Stele's own directory tells of objects: snapshots of trees, which are forgotten, and records
 * of restores and of what was absent, which are led to the objects that took the places of others.
 * For one thread at a time.
 */
final class Traces {

    private static final String JOURNAL = ".restore";

    private final Path directory;
    private final SecretBytes secret;

    /**
     * @param directory Stele's own
     */
    Traces(Path directory, SecretBytes secret) {
        this.directory = directory;
        this.secret = secret;
    }

    /** Leads them elsewhere; they are on the disk when this returns. */
    void replace(Map<ObjectId, ObjectId> blobs) throws IOException {
        for (Path snapshot : files(directory.resolve("snapshots"), "*")) {
            Files.deleteIfExists(snapshot);
        }
        for (Path record : files(directory.resolve("restored"), "*")) {
            replace(record, blobs);
        }
        for (Path absent : files(directory.resolve("absent"), "*")) {
            replace(absent, blobs);
        }
        for (Path journal : files(directory, "*" + JOURNAL)) {
            replace(journal, blobs);
        }
    }

    private static List<Path> files(Path in, String names) throws IOException {
        List<Path> files = new ArrayList<>();
        try (DirectoryStream<Path> found = Files.newDirectoryStream(in, names)) {
            for (Path path : found) {
                if (Files.isRegularFile(path)) {
                    files.add(path);
                }
            }
        } catch (NoSuchFileException e) {
            return files;
        }
        return files;
    }

    private void replace(Path file, Map<ObjectId, ObjectId> blobs) throws IOException {
        List<String> before = Files.readAllLines(file, UTF_8);
        boolean journal = file.getFileName().toString().endsWith(JOURNAL);
        List<String> after = before.stream().map(line -> line(line, blobs, journal)).toList();
        if (after.equals(before)) {
            return;
        }
        Path unfinished = file.resolveSibling(file.getFileName() + ".new");
        Files.write(unfinished, after, UTF_8);
        FileSync.force(unfinished);
        Files.move(unfinished, file, ATOMIC_MOVE, REPLACE_EXISTING);
        FileSync.force(file.resolveSibling(""));
    }

    /** In a journal the state before is that of the disk, which nobody has masked. */
    private String line(String line, Map<ObjectId, ObjectId> blobs, boolean journal) {
        String[] fields = line.split(" ", -1);
        for (int i = 0; i < fields.length; i++) {
            boolean onDisk = journal && i < fields.length - 1;
            fields[i] = onDisk ? path(fields[i]) : state(path(fields[i]), blobs);
        }
        return String.join(" ", fields);
    }

    private static String state(String field, Map<ObjectId, ObjectId> blobs) {
        int colon = field.indexOf(':');
        String id = field.substring(colon + 1);
        ObjectId after = colon > 0 && ObjectId.isId(id) ? blobs.get(ObjectId.fromString(id)) : null;
        return after == null ? field : field.substring(0, colon + 1) + after.name();
    }

    private String path(String field) {
        try {
            String raw = RawNames.unescaped(field);
            return secret.isIn(raw) ? RawNames.escaped(secret.masked(raw)) : field;
        } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
            return field;
        }
    }
}

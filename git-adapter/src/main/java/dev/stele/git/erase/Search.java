package dev.stele.git.erase;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.stele.git.disk.RawNames;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.eclipse.jgit.errors.MissingObjectException;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectReader;

/**
 * Looks for a text in objects, in each of them once. What is not there holds nothing. For one
 * thread at a time.
 */
final class Search {

    private final ObjectReader reader;
    private final SecretBytes secret;
    private final Map<ObjectId, Boolean> blobs = new HashMap<>();
    private final Map<ObjectId, List<String>> trees = new HashMap<>();

    Search(ObjectReader reader, SecretBytes secret) {
        this.reader = reader;
        this.secret = secret;
    }

    /** The raw paths below a tree that hold the text, or have it in their names. */
    List<String> paths(ObjectId tree) throws IOException {
        List<String> known = trees.get(tree);
        if (known != null) {
            return known;
        }
        List<String> paths = new ArrayList<>();
        for (TreeEntry entry : entries(tree)) {
            if (entry.isTree()) {
                paths(entry.id()).forEach(path -> paths.add(entry.name() + "/" + path));
            }
            if (secret.isIn(entry.name()) || isBlobWithIt(entry)) {
                paths.add(entry.name());
            }
        }
        List<String> found = List.copyOf(paths);
        trees.put(tree, found);
        return found;
    }

    private List<TreeEntry> entries(ObjectId tree) throws IOException {
        try {
            return TreeEntry.of(reader, tree);
        } catch (MissingObjectException e) {
            return List.of();
        }
    }

    private boolean isBlobWithIt(TreeEntry entry) throws IOException {
        return !entry.isTree() && !entry.isElsewhere() && isInBlob(entry.id());
    }

    private boolean isInBlob(ObjectId id) throws IOException {
        Boolean known = blobs.get(id);
        if (known == null) {
            known = looked(id);
            blobs.put(id, known);
        }
        return known;
    }

    private boolean looked(ObjectId id) throws IOException {
        try (InputStream content = reader.open(id, Constants.OBJ_BLOB).openStream()) {
            return secret.isIn(content);
        } catch (MissingObjectException e) {
            return false;
        }
    }

    /** Whether the commit itself, not its tree, holds the text. */
    boolean isInCommit(byte[] content) {
        return secret.isIn(new String(content, ISO_8859_1));
    }

    /** A raw path for people, who may show it to others. */
    String told(String path) {
        return RawNames.display(secret.masked(path));
    }

    /** Whether a blob that was looked into holds it. */
    boolean isHeldBy(ObjectId blob) {
        return blobs.getOrDefault(blob, false);
    }

    /** The blobs that hold it, of all that was looked into. */
    Set<ObjectId> blobs() {
        Set<ObjectId> found = new HashSet<>();
        blobs.forEach((id, holds) -> {
            if (holds) {
                found.add(id);
            }
        });
        return found;
    }

    /** The trees that lead to it, of all that were looked into. */
    Set<ObjectId> trees() {
        Set<ObjectId> found = new HashSet<>();
        trees.forEach((id, paths) -> {
            if (!paths.isEmpty()) {
                found.add(id);
            }
        });
        return found;
    }
}

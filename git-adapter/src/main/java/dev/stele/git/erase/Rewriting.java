package dev.stele.git.erase;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.stele.git.disk.RawNames;
import dev.stele.git.repository.GitFailure;
import dev.stele.git.repository.NewPack;
import dev.stele.git.repository.ObjectHash;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.eclipse.jgit.errors.LargeObjectException;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.TreeFormatter;

/** Makes objects with a mask in the place of a text. For one thread at a time. */
final class Rewriting {

    /** What a line of a checkpoint's message begins with that tells a path it does not hold. */
    private static final String LEFT_OUT = "Stele-Left-Out: ";

    private static final String FIELD = "Stele-";
    private static final int MOST = Integer.MAX_VALUE - 16;

    private final ObjectReader reader;
    private final SecretBytes secret;
    private final Search search;
    private final NewPack pack;
    private final Map<ObjectId, ObjectId> blobs = new HashMap<>();
    private final Map<ObjectId, ObjectId> trees = new HashMap<>();

    /**
     * @param search has looked into all that is rewritten
     * @param pack gets the new objects
     */
    Rewriting(ObjectReader reader, SecretBytes secret, Search search, NewPack pack) {
        this.reader = reader;
        this.secret = secret;
        this.search = search;
        this.pack = pack;
    }

    /** The blobs that stand in the places of others. */
    Map<ObjectId, ObjectId> blobs(Set<ObjectId> others) throws IOException {
        for (ObjectId id : others) {
            blob(id);
        }
        return Map.copyOf(blobs);
    }

    /** The commit with the text masked in it and in all that it holds. */
    ObjectId commit(byte[] content) throws IOException {
        String whole = new String(content, ISO_8859_1);
        int tree = whole.indexOf('\n');
        int message = whole.indexOf("\n\n") + 2;
        String after =
                "tree "
                        + tree(treeOf(content)).name()
                        + whole.substring(tree, message)
                        + message(whole.substring(message));
        return add(Constants.OBJ_COMMIT, after.getBytes(ISO_8859_1));
    }

    /** The tree of a commit. */
    static ObjectId treeOf(byte[] commit) {
        return ObjectId.fromString(commit, "tree ".length());
    }

    /** Everything else hangs on the ids in it, which stay. */
    private String message(String message) {
        var masked = new StringBuilder(message.length());
        for (String line : message.split("(?<=\n)", -1)) {
            if (line.startsWith(LEFT_OUT)) {
                masked.append(LEFT_OUT).append(leftOut(line.substring(LEFT_OUT.length())));
            } else {
                masked.append(line.startsWith(FIELD) ? line : secret.masked(line));
            }
        }
        return masked.toString();
    }

    private String leftOut(String said) {
        int blank = said.indexOf(' ');
        if (blank < 0) {
            return secret.masked(said);
        }
        String path = RawNames.unescaped(said.substring(0, blank));
        return RawNames.escaped(secret.masked(path)) + secret.masked(said.substring(blank));
    }

    private ObjectId tree(ObjectId id) throws IOException {
        if (search.paths(id).isEmpty()) {
            return id;
        }
        ObjectId known = trees.get(id);
        if (known == null) {
            known = written(TreeEntry.of(reader, id));
            trees.put(id, known);
        }
        return known;
    }

    private ObjectId written(List<TreeEntry> before) throws IOException {
        Set<String> names = new HashSet<>();
        before.forEach(entry -> names.add(entry.name()));
        List<TreeEntry> after = new ArrayList<>();
        for (TreeEntry entry : before) {
            after.add(new TreeEntry(name(entry, names), entry.mode(), target(entry)));
        }
        after.sort(Comparator.comparing(TreeEntry::key));
        var formatter = new TreeFormatter();
        after.forEach(
                entry -> formatter.append(RawNames.bytes(entry.name()), entry.mode(), entry.id()));
        return add(Constants.OBJ_TREE, formatter.toByteArray());
    }

    /** A name that is masked is no other's. */
    private String name(TreeEntry entry, Set<String> names) {
        if (!secret.isIn(entry.name())) {
            return entry.name();
        }
        String masked = secret.masked(entry.name());
        String free = masked;
        for (int i = 2; !names.add(free); i++) {
            free = masked + "~" + i;
        }
        return free;
    }

    private ObjectId target(TreeEntry entry) throws IOException {
        if (entry.isTree()) {
            return tree(entry.id());
        }
        return !entry.isElsewhere() && search.isHeldBy(entry.id()) ? blob(entry.id()) : entry.id();
    }

    private ObjectId blob(ObjectId id) throws IOException {
        ObjectId known = blobs.get(id);
        if (known == null) {
            String content = new String(content(id), ISO_8859_1);
            known = add(Constants.OBJ_BLOB, secret.masked(content).getBytes(ISO_8859_1));
            blobs.put(id, known);
        }
        return known;
    }

    private byte[] content(ObjectId id) throws IOException {
        try {
            return reader.open(id, Constants.OBJ_BLOB).getCachedBytes(MOST);
        } catch (LargeObjectException e) {
            throw new GitFailure(
                    "A file of "
                            + e.getMessage()
                            + " is too large to be masked; delete the threads whose checkpoints"
                            + " hold it.",
                    e);
        }
    }

    private ObjectId add(int type, byte[] content) {
        ObjectId id = ObjectHash.of(type, content, content.length);
        pack.add(type, id, content, content.length);
        return id;
    }
}

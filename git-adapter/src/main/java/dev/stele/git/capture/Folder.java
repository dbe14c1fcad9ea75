package dev.stele.git.capture;

import dev.stele.git.disk.IgnoreRules;
import dev.stele.git.disk.Listing;
import dev.stele.git.disk.Stamp;
import dev.stele.git.index.IgnoreFiles;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import java.util.function.ToIntFunction;
import org.eclipse.jgit.lib.ObjectId;
import org.jspecify.annotations.Nullable;

/**
 * A directory in a snapshot. What is in it is kept in arrays, about eighty bytes a file; nodes are
 * made of it when somebody asks. Immutable.
 */
final class Folder implements Node {

    private static final int ID = 20;
    private static final int KIND = 0x0F;
    private static final int IGNORED = 0x10;
    private static final int RACY = 0x20;
    private static final Object[] NONE = {};

    private final String name;
    private final Judgement judgement;
    private final Listing listing;
    private final byte[] kinds;
    private final byte[] ids;

    /** Folders, and the reasons of what is left out, each at its index; empty without any. */
    private final @Nullable Object[] others;

    private final @Nullable ObjectId tree;
    private final Figures figures;

    private Folder(
            String name,
            Judgement judgement,
            Listing listing,
            byte[] kinds,
            byte[] ids,
            @Nullable Object[] others,
            @Nullable ObjectId tree) {
        this.name = name;
        this.judgement = judgement;
        this.listing = listing;
        this.kinds = kinds;
        this.ids = ids;
        this.others = others;
        this.tree = tree;
        this.figures = Figures.of(this);
    }

    /**
     * A folder.
     *
     * @param children what is in it, ordered by the bytes of the names
     * @param tree its tree, or null when nothing in it is in the checkpoint
     */
    static Folder of(
            String name, Judgement judgement, List<Node> children, @Nullable ObjectId tree) {
        var kinds = new byte[children.size()];
        var ids = new byte[children.size() * ID];
        List<Listing.Line> lines = new ArrayList<>(children.size());
        @Nullable Object[] others = NONE;
        for (int i = 0; i < kinds.length; i++) {
            Node node = children.get(i);
            kinds[i] = (byte) (Kind.of(node).number() | flags(node));
            lines.add(
                    new Listing.Line(node.name(), node instanceof Blob blob ? blob.stamp() : null));
            Object other = other(node, ids, i);
            if (other != null) {
                others = others.length == 0 ? new @Nullable Object[kinds.length] : others;
                others[i] = other;
            }
        }
        return new Folder(name, judgement, Listing.of(lines), kinds, ids, others, tree);
    }

    private static int flags(Node node) {
        return node instanceof Blob blob
                ? (blob.ignored() ? IGNORED : 0) | (blob.racy() ? RACY : 0)
                : 0;
    }

    /** Puts down the id of a node, if it has one; returns what has no place in the arrays. */
    private static @Nullable Object other(Node node, byte[] ids, int index) {
        switch (node) {
            case Blob blob -> blob.id().copyRawTo(ids, index * ID);
            case Carried carried -> carried.id().copyRawTo(ids, index * ID);
            case Left left -> {
                return left.why();
            }
            case Folder folder -> {
                return folder;
            }
            case Ignored _ -> {
                // Its kind and its name are all.
            }
        }
        return null;
    }

    /** The same content after its names were listed again. */
    Folder relisted(Judgement again) {
        return new Folder(name, again, listing, kinds, ids, others, tree);
    }

    @Override
    public String name() {
        return name;
    }

    Judgement judgement() {
        return judgement;
    }

    /** The names in it, with the stamps of what was read. */
    Listing listing() {
        return listing;
    }

    Kind kind(int index) {
        return Kind.of(kinds[index] & KIND);
    }

    boolean isRacy(int index) {
        return (kinds[index] & RACY) != 0;
    }

    /** Whether the rules ignore a file that is in the checkpoint all the same. */
    boolean isIgnored(int index) {
        return (kinds[index] & IGNORED) != 0;
    }

    /** A folder in it. */
    Folder folder(int index) {
        if (others[index] instanceof Folder folder) {
            return folder;
        }
        throw new IllegalStateException(listing.name(index) + " is no folder.");
    }

    /** What is in it, made anew, but for the folders. */
    Node node(int index) {
        Kind kind = kind(index);
        return switch (kind) {
            case REGULAR, EXECUTABLE, LINK -> blob(index, kind);
            case CARRIED_REGULAR, CARRIED_EXECUTABLE, CARRIED_LINK, CARRIED_COMMIT, CARRIED_TREE ->
                    new Carried(listing.name(index), kind.mode(), id(index));
            case IGNORED_FILE -> new Ignored(listing.name(index), false);
            case IGNORED_DIRECTORY -> new Ignored(listing.name(index), true);
            case LEFT -> new Left(listing.name(index), String.valueOf(others[index]));
            case FOLDER -> folder(index);
        };
    }

    private Blob blob(int index, Kind kind) {
        var stamp = listing.stamp(index);
        if (stamp == null) {
            throw new IllegalStateException(listing.name(index) + " has no stamp.");
        }
        return new Blob(
                listing.name(index),
                stamp,
                isRacy(index),
                kind.mode(),
                id(index),
                isIgnored(index));
    }

    private ObjectId id(int index) {
        return ObjectId.fromRaw(ids, index * ID);
    }

    int size() {
        return kinds.length;
    }

    /** All that is in it, made anew; a list of the caller's own. */
    List<Node> children() {
        var nodes = new Node[size()];
        Arrays.setAll(nodes, this::node);
        return Arrays.asList(nodes);
    }

    /** What a name in it came to, or null. */
    @Nullable Node child(String child) {
        int index = listing.find(child);
        return index < 0 ? null : node(index);
    }

    /** Its tree, or null when nothing in it is in the checkpoint. */
    @Nullable ObjectId tree() {
        return tree;
    }

    /** How many files and links are in the checkpoint, in it and below. */
    int files() {
        return figures.files();
    }

    /** Their size. */
    long bytes() {
        return figures.bytes();
    }

    /** How many names are left out, in it and below. */
    int left() {
        return figures.left();
    }

    /**
     * Whether nothing in it and below has to be looked at while nobody touches it: nothing is racy,
     * left out, a submodule, or a file that can be written from outside.
     */
    boolean isSettled() {
        return figures.settled();
    }

    /** Whether anything in it or below would be judged otherwise if other paths were tracked. */
    boolean dependsOnIndex() {
        return figures.dependsOnIndex();
    }

    /** Whether any file right in it has other names too. */
    boolean hasShared() {
        return listing.hasShared();
    }

    /** Whether a name in it has to be looked at again although its stamp has not changed. */
    boolean isUnsettled(int index) {
        Kind kind = kind(index);
        return isRacy(index)
                || kind == Kind.LEFT
                || kind == Kind.FOLDER
                || kind == Kind.CARRIED_COMMIT;
    }

    /**
     * Whether the rules of its own come from a file whose stamp tells when they change, or from
     * none.
     */
    boolean hasKnownRules() {
        int index = listing.find(IgnoreFiles.NAME);
        return index < 0 || (kind(index).isBlob() && !isRacy(index)) || kind(index) == Kind.FOLDER;
    }

    /** Writes it for {@link #read}; rules are written as their numbers. */
    void write(DataOutput out, ToIntFunction<IgnoreRules> numbers) throws IOException {
        out.writeUTF(name);
        out.writeInt(numbers.applyAsInt(judgement.rules()));
        out.writeBoolean(judgement.trackedOnly());
        Stamp.write(judgement.listed(), out);
        listing.write(out);
        out.write(kinds);
        out.write(ids);
        SnapshotFile.writeId(tree, out);
        for (int i = 0; i < kinds.length; i++) {
            Kind kind = kind(i);
            if (kind == Kind.FOLDER) {
                folder(i).write(out, numbers);
            } else if (kind == Kind.LEFT) {
                out.writeUTF(String.valueOf(others[i]));
            }
        }
    }

    /**
     * Reads what {@link #write} wrote.
     *
     * @throws IOException when it is none
     */
    static Folder read(DataInput in, IntFunction<IgnoreRules> rules) throws IOException {
        String name = in.readUTF();
        var judgement = new Judgement(rules.apply(in.readInt()), in.readBoolean(), Stamp.read(in));
        Listing listing = Listing.read(in);
        var kinds = new byte[listing.size()];
        in.readFully(kinds);
        var ids = new byte[kinds.length * ID];
        in.readFully(ids);
        ObjectId tree = SnapshotFile.readId(in);
        @Nullable Object[] others = new @Nullable Object[kinds.length];
        boolean any = false;
        for (int i = 0; i < kinds.length; i++) {
            Kind kind = Kind.of(kinds[i] & KIND);
            if (kind == Kind.FOLDER) {
                others[i] = read(in, rules);
            } else if (kind == Kind.LEFT) {
                others[i] = in.readUTF();
            }
            any |= others[i] != null;
        }
        return new Folder(name, judgement, listing, kinds, ids, any ? others : NONE, tree);
    }

    /** All rules that it and the folders below it were judged by. */
    void collectRules(Consumer<IgnoreRules> to) {
        to.accept(judgement.rules());
        for (int i = 0; i < kinds.length; i++) {
            if (kind(i) == Kind.FOLDER) {
                folder(i).collectRules(to);
            }
        }
    }
}

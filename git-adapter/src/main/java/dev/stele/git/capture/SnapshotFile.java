package dev.stele.git.capture;

import dev.stele.git.disk.IgnoreRules;
import dev.stele.git.index.IgnoreFiles;
import dev.stele.git.index.UserIndex;
import java.io.DataInput;
import java.io.DataInputStream;
import java.io.DataOutput;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import org.eclipse.jgit.lib.ObjectId;
import org.jspecify.annotations.Nullable;

/**
 * The form of a snapshot in a file. It is a cache: a file of another form is as good as none, so
 * that there is nothing to be upgraded.
 */
final class SnapshotFile {

    /** "Stele", and the number of the form. */
    private static final long FORM = 0x5374656C65_000001L;

    private static final int ID = 20;

    /** No number: no outer rules, or those of what is not on the disk. */
    private static final int NONE = -1;

    private SnapshotFile() {}

    static void write(Snapshot snapshot, DataOutputStream out) throws IOException {
        out.writeLong(FORM);
        out.writeUTF(snapshot.ref());
        writeId(snapshot.commit(), out);
        out.writeBoolean(snapshot.terms().fileMode());
        out.writeLong(snapshot.terms().untrackedFileBytes());
        snapshot.index().save(out);
        IdentityHashMap<IgnoreRules, Integer> numbers = writeRules(snapshot, out);
        out.writeInt(numbers.getOrDefault(snapshot.above().rules(), NONE));
        out.writeBoolean(snapshot.above().ignored());
        snapshot.root().write(out, rules -> numbers.getOrDefault(rules, NONE));
    }

    /** Each goes after those that it goes before. */
    private static IdentityHashMap<IgnoreRules, Integer> writeRules(
            Snapshot snapshot, DataOutput out) throws IOException {
        IdentityHashMap<IgnoreRules, Integer> numbers = new IdentityHashMap<>();
        List<IgnoreRules> all = new ArrayList<>();
        number(snapshot.above().rules(), numbers, all);
        snapshot.root()
                .collectRules(rules -> {
                    if (rules != SparsePaths.NOT_ON_DISK) {
                        number(rules, numbers, all);
                    }
                });
        out.writeInt(all.size());
        for (IgnoreRules rules : all) {
            IgnoreRules outer = rules.outer();
            out.writeInt(outer == null ? NONE : numbers.getOrDefault(outer, NONE));
            rules.write(out);
        }
        return numbers;
    }

    private static void number(
            IgnoreRules rules,
            IdentityHashMap<IgnoreRules, Integer> numbers,
            List<IgnoreRules> all) {
        if (numbers.containsKey(rules)) {
            return;
        }
        IgnoreRules outer = rules.outer();
        if (outer != null) {
            number(outer, numbers, all);
        }
        numbers.put(rules, all.size());
        all.add(rules);
    }

    /**
     * Reads a snapshot.
     *
     * @throws IOException when it is none of this form
     */
    static Snapshot read(DataInputStream in) throws IOException {
        if (in.readLong() != FORM) {
            throw new IOException("It has another form.");
        }
        String ref = in.readUTF();
        ObjectId commit = readId(in);
        var terms = new Snapshot.Terms(in.readBoolean(), in.readLong());
        UserIndex index = UserIndex.load(in);
        List<IgnoreRules> rules = readRules(in);
        var above = new IgnoreFiles(rules.get(in.readInt()), in.readBoolean());
        Folder root =
                Folder.read(
                        in, number -> number == NONE ? SparsePaths.NOT_ON_DISK : rules.get(number));
        if (commit == null) {
            throw new IOException("It names no commit.");
        }
        return new Snapshot(ref, commit, root, above, index, terms);
    }

    private static List<IgnoreRules> readRules(DataInput in) throws IOException {
        List<IgnoreRules> all = new ArrayList<>();
        for (int left = in.readInt(); left > 0; left--) {
            int outer = in.readInt();
            all.add(IgnoreRules.read(in, outer < 0 ? null : all.get(outer)));
        }
        return all;
    }

    static void writeId(@Nullable ObjectId id, DataOutput out) throws IOException {
        out.writeBoolean(id != null);
        if (id != null) {
            var raw = new byte[ID];
            id.copyRawTo(raw, 0);
            out.write(raw);
        }
    }

    static @Nullable ObjectId readId(DataInput in) throws IOException {
        if (!in.readBoolean()) {
            return null;
        }
        var raw = new byte[ID];
        in.readFully(raw);
        return ObjectId.fromRaw(raw);
    }
}

package dev.stele.persistence.sqlite;

import dev.stele.persistence.sqlite.FaultyDisk.Deed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * What is left of a store's files when the power fails: all that was synced, and of what was
 * written after it any part, in any order, whole or torn at the end of a sector.
 */
final class PowerLoss {

    private static final int SECTOR = 512;

    private final Map<Path, Content> files = new HashMap<>();
    private final Map<Path, List<Deed>> unsynced = new HashMap<>();
    private long acknowledged;

    /**
     * A failure after some deeds.
     *
     * @param before the files as they were before all deeds, synced
     * @param deeds what was done until then
     */
    PowerLoss(Map<Path, byte[]> before, List<Deed> deeds) {
        before.forEach((file, bytes) -> content(file).write(0, bytes, bytes.length));
        for (Deed deed : deeds) {
            switch (deed) {
                case Deed.Written(var file, _, _) -> unsynced(file).add(deed);
                case Deed.Cut(var file, _) -> unsynced(file).add(deed);
                case Deed.Synced(var file) -> {
                    unsynced(file).forEach(this::apply);
                    unsynced(file).clear();
                }
                case Deed.Acknowledged(var head) -> acknowledged = head;
            }
        }
    }

    /** How long the log was that somebody was told to be durable. */
    long acknowledged() {
        return acknowledged;
    }

    private List<Deed> unsynced(Path file) {
        return unsynced.computeIfAbsent(file, _ -> new ArrayList<>());
    }

    private void apply(Deed deed) {
        switch (deed) {
            case Deed.Written(var file, var offset, var bytes) ->
                    content(file).write((int) offset, bytes, bytes.length);
            case Deed.Cut(var file, var length) -> content(file).cut((int) length);
            case Deed.Synced _, Deed.Acknowledged _ ->
                    throw new IllegalArgumentException("nothing is written by " + deed);
        }
    }

    private Content content(Path file) {
        return files.computeIfAbsent(file, _ -> new Content());
    }

    /** What is in a file. */
    private static final class Content {
        private byte[] bytes = new byte[1 << 16];
        private int length;

        void write(int offset, byte[] from, int count) {
            if (offset + count > bytes.length) {
                bytes = Arrays.copyOf(bytes, 2 * (offset + count));
            }
            System.arraycopy(from, 0, bytes, offset, count);
            length = Math.max(length, offset + count);
        }

        void cut(int newLength) {
            if (newLength < length) {
                Arrays.fill(bytes, newLength, length, (byte) 0);
                length = newLength;
            } else {
                write(newLength, bytes, 0);
            }
        }

        byte[] toArray() {
            return Arrays.copyOf(bytes, length);
        }
    }

    /**
     * Writes what is left into a folder.
     *
     * @param folder where to
     * @param random what becomes of all that was not synced
     */
    void leave(Path folder, Random random) throws IOException {
        for (List<Deed> pending : unsynced.values()) {
            var some = new ArrayList<>(pending);
            some.removeIf(_ -> random.nextBoolean());
            if (random.nextBoolean()) {
                Collections.shuffle(some, random);
            }
            some.forEach(deed -> applyMaybeTorn(deed, random));
        }
        for (Map.Entry<Path, Content> file : files.entrySet()) {
            if (!file.getKey().toString().endsWith("-shm")) { // it is made anew
                Files.write(folder.resolve(file.getKey().getFileName()), file.getValue().toArray());
            }
        }
    }

    private void applyMaybeTorn(Deed deed, Random random) {
        if (deed instanceof Deed.Written(var file, var offset, var bytes)
                && random.nextInt(4) == 0) {
            int sectors = random.nextInt(bytes.length / SECTOR + 1);
            content(file).write((int) offset, bytes, sectors * SECTOR);
        } else {
            apply(deed);
        }
    }
}

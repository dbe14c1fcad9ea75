package dev.stele.git.change;

import dev.stele.git.capture.HeldCheckpoint.Stamps;
import dev.stele.git.disk.RawNames;
import dev.stele.git.disk.Stamp;
import dev.stele.git.repository.ObjectHash;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.jspecify.annotations.Nullable;

/** Tells whether paths on the disk are as a checkpoint holds them. */
public final class FileStates {

    private final Place place;
    private final Stamps known;
    private final boolean fileMode;

    /**
     * @param known stamps that make reading unnecessary
     * @param fileMode whether execute bits count
     */
    public FileStates(Place place, Stamps known, boolean fileMode) {
        this.place = place;
        this.known = known;
        this.fileMode = fileMode;
    }

    /**
     * Whether the stamp alone tells that a path is as the safety checkpoint holds it.
     *
     * @param stamp what is there now, or null for nothing
     */
    public boolean isKnown(String path, @Nullable Stamp stamp) {
        return stamp != null && stamp.equals(known.of(path));
    }

    /** Whether a path that has this stamp now is in some state, by its content. */
    public boolean is(String path, @Nullable Stamp stamp, @Nullable FileState state)
            throws IOException {
        if (stamp == null || state == null) {
            return stamp == null && state == null;
        }
        if (stamp.isLink()) {
            return state.isLink() && linkId(place.at(path)).equals(state.id());
        }
        if (!stamp.isRegular() || state.isLink()) {
            return false;
        }
        boolean sameMode = !fileMode || stamp.isExecutable() == state.isExecutable();
        return sameMode && state.id().equals(fileId(place.at(path), stamp.size()));
    }

    private static ObjectId linkId(Path link) throws IOException {
        byte[] target = RawNames.bytes(RawNames.of(Files.readSymbolicLink(link)));
        return ObjectHash.of(Constants.OBJ_BLOB, target, target.length);
    }

    private static ObjectId fileId(Path file, long size) throws IOException {
        var hash = new ObjectHash(Constants.OBJ_BLOB, size);
        var buffer = new byte[1 << 16];
        try (InputStream in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
            for (int read = 0; read >= 0; read = in.read(buffer)) {
                hash.update(buffer, read);
            }
        }
        return hash.id();
    }
}

package dev.stele.git.disk;

import dev.stele.git.disk.LinuxCalls.Scratch;
import java.io.IOException;
import java.nio.file.Path;

/** The stamps of single paths, in the fastest way that there is. */
public final class DiskStamps {

    private DiskStamps() {}

    /**
     * What a path is now; a symbolic link at its end is not followed.
     *
     * @param path absolute
     * @throws java.nio.file.NoSuchFileException when it is gone
     */
    public static Stamp of(Path path) throws IOException {
        if (DirectoryReader.fastest() != DirectoryReader.LINUX) {
            return NioDirectory.stampOf(path);
        }
        Scratch scratch = LinuxCalls.scratch();
        String raw = RawNames.of(path);
        if (LinuxCalls.stat(LinuxCalls.NO_BASE, scratch.name(raw), scratch) != 0) {
            throw LinuxCalls.failure(raw, scratch);
        }
        return LinuxCalls.stamp(scratch.stat);
    }
}

package dev.stele.git.disk;

import java.io.IOException;
import java.nio.file.Path;

/** A way to read directories. Both ways tell the same. */
public enum DirectoryReader {
    /** Through {@code java.nio.file}: everywhere, and slower. */
    JDK {
        @Override
        public Directory open(Path path) throws IOException {
            return NioDirectory.open(path);
        }
    },

    /** Through system calls, where {@link #fastest} finds that they can be made. */
    LINUX {
        @Override
        public Directory open(Path path) throws IOException {
            return LinuxDirectory.open(path);
        }
    };

    /** Asked for once: the answer does not change. */
    private static final class Fastest {
        static final DirectoryReader READER = LinuxCalls.areAvailable() ? LINUX : JDK;

        private Fastest() {}
    }

    /** The fastest way there is on this platform. */
    public static DirectoryReader fastest() {
        return Fastest.READER;
    }

    /**
     * Opens a directory.
     *
     * @param path absolute
     */
    public abstract Directory open(Path path) throws IOException;
}

package dev.stele.git.worktree;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;

/** Tells whether files are the same, or were touched. */
final class FileMark {

    private static final String ABSENT = "absent";
    private static final String STAMP = "unix:mode,size,ino,lastModifiedTime,ctime";

    private FileMark() {}

    /** What the file system tells of a file or link; it changes with every write. */
    static String of(Path path) throws IOException {
        if (!isFile(path)) {
            return ABSENT;
        }
        return Files.readAttributes(path, STAMP, LinkOption.NOFOLLOW_LINKS).toString();
    }

    /** Whether there is anything at a path. */
    static boolean isThere(Path path) {
        return Files.exists(path, LinkOption.NOFOLLOW_LINKS);
    }

    /** Whether two paths are the same file or link for git, or both are nothing. */
    static boolean same(Path one, Path other) throws IOException {
        if (!isFile(one) || !isFile(other)) {
            return isFile(one) == isFile(other);
        }
        BasicFileAttributes a = attributes(one);
        BasicFileAttributes b = attributes(other);
        if (a.isSymbolicLink() && b.isSymbolicLink()) {
            return Files.readSymbolicLink(one).equals(Files.readSymbolicLink(other));
        }
        return a.isRegularFile()
                && b.isRegularFile()
                && a.size() == b.size()
                && Files.isExecutable(one) == Files.isExecutable(other)
                && Files.mismatch(one, other) < 0;
    }

    /** Directories are nothing to git. */
    private static boolean isFile(Path path) {
        return isThere(path) && !Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS);
    }

    private static BasicFileAttributes attributes(Path path) throws IOException {
        return Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    }
}

package dev.stele.git.testing;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * A real repository with a working tree, and an independent view of both.
 *
 * @param root the top of the working tree
 */
public record WorkTree(Path root) {

    /** A new, empty repository. */
    public static WorkTree init(Path root) {
        try {
            var tree = new WorkTree(Files.createDirectories(root).toRealPath());
            tree.git().run("init", "-q", "-b", "main");
            // Git would tidy up in the background, beside what a test looks at.
            tree.git().run("config", "gc.auto", "0");
            return tree;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public Git git() {
        return new Git(root);
    }

    /** A path in it. */
    public Path at(String path) {
        return root.resolve(path);
    }

    /** Writes a file, with the directories that it needs. */
    public WorkTree write(String path, String content) {
        return write(path, content.getBytes(UTF_8));
    }

    /** Writes a file, with the directories that it needs. */
    public WorkTree write(String path, byte[] content) {
        try {
            Files.createDirectories(at(path).getParent());
            Files.write(at(path), content);
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The text of a file. */
    public String read(String path) {
        try {
            return Files.readString(at(path));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The content of a file. */
    public byte[] bytes(String path) {
        try {
            return Files.readAllBytes(at(path));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public WorkTree link(String path, String target) {
        try {
            Files.createDirectories(at(path).getParent());
            Files.createSymbolicLink(at(path), Path.of(target));
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public WorkTree executable(String path, boolean executable) {
        try {
            Files.setPosixFilePermissions(
                    at(path),
                    PosixFilePermissions.fromString(executable ? "rwxr-xr-x" : "rw-r--r--"));
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public WorkTree delete(String path) {
        try {
            Files.walkFileTree(
                    at(path),
                    new SimpleFileVisitor<>() {
                        @Override
                        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
                                throws IOException {
                            Files.delete(file);
                            return FileVisitResult.CONTINUE;
                        }

                        @Override
                        public FileVisitResult postVisitDirectory(
                                Path directory, @org.jspecify.annotations.Nullable IOException e)
                                throws IOException {
                            Files.delete(directory);
                            return FileVisitResult.CONTINUE;
                        }
                    });
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Commits everything that is not ignored. */
    public WorkTree commit(String message) {
        git().run("add", "-A");
        git().run("commit", "-q", "--allow-empty", "-m", message);
        return this;
    }

    /**
     * What a checkpoint should hold by native git's view: mode and blob of every tracked and every
     * untracked path that is on the disk and not ignored.
     */
    public SortedMap<String, String> expected() {
        var expected = new TreeMap<String, String>();
        String listed = git().run("ls-files", "-co", "--exclude-standard", "-z");
        for (String raw : listed.split("\0", -1)) {
            Path path = at(new String(raw.getBytes(ISO_8859_1), UTF_8));
            if (!raw.isEmpty() && !raw.endsWith("/") && isFileOrLink(path)) {
                expected.put(raw, modeAndId(path));
            }
        }
        return expected;
    }

    /** Mode and blob of every file and link, ignored or not, by its raw path. */
    public SortedMap<String, String> onDisk() {
        var found = new TreeMap<String, String>();
        files(root)
                .filter(WorkTree::isFileOrLink)
                .forEach(path ->
                        found.put(
                                new String(
                                        root.relativize(path).toString().getBytes(UTF_8),
                                        ISO_8859_1),
                                modeAndId(path)));
        return found;
    }

    private static boolean isFileOrLink(Path path) {
        return Files.isSymbolicLink(path) || Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS);
    }

    private static String modeAndId(Path path) {
        try {
            if (Files.isSymbolicLink(path)) {
                byte[] target = Files.readSymbolicLink(path).toString().getBytes(UTF_8);
                return "120000 " + blobId(target);
            }
            boolean executable =
                    Files.getPosixFilePermissions(path).toString().contains("OWNER_EXECUTE");
            return (executable ? "100755 " : "100644 ") + blobId(Files.readAllBytes(path));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The id that git gives to these bytes as a blob. */
    public static String blobId(byte[] content) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-1");
            digest.update(("blob " + content.length + "\0").getBytes(UTF_8));
            return HexFormat.of().formatHex(digest.digest(content));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What a commit holds: mode and id of every path, one character per byte. */
    public SortedMap<String, String> held(String revision) {
        var held = new TreeMap<String, String>();
        for (String line : git().run("ls-tree", "-r", "-z", revision).split("\0", -1)) {
            if (!line.isEmpty()) {
                int tab = line.indexOf('\t');
                String[] fields = line.substring(0, tab).split(" ", -1);
                held.put(line.substring(tab + 1), fields[0] + " " + fields[2]);
            }
        }
        return held;
    }

    /** Everything that a checkpoint must leave as it is: all files with their stamps, and .git. */
    public Map<String, String> untouchables() {
        var state = new TreeMap<String, String>();
        state.put("status", git().attempt("status", "--porcelain=v2", "-uall").output());
        state.put("refs", otherRefs());
        Path gitDir = Path.of(git().line("rev-parse", "--absolute-git-dir"));
        Path commonDir = root.resolve(git().line("rev-parse", "--git-common-dir"));
        for (String name : new String[] {"index", "HEAD", "config.worktree", "index.lock"}) {
            state.put("git dir " + name, content(gitDir.resolve(name)));
        }
        for (String name : new String[] {"config", "info/exclude", "packed-refs", "logs/HEAD"}) {
            state.put("common dir " + name, content(commonDir.resolve(name)));
        }
        files(root).forEach(path -> state.put("stamp " + path, stamp(path)));
        return state;
    }

    private String otherRefs() {
        return git().run("for-each-ref", "--format=%(refname) %(objectname)")
                .lines()
                .filter(line -> !line.startsWith("refs/stele/"))
                .toList()
                .toString();
    }

    private static String content(Path file) {
        try {
            return Files.exists(file)
                    ? stamp(file) + " " + blobId(Files.readAllBytes(file))
                    : "absent";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String stamp(Path path) {
        try {
            return Files.readAttributes(
                            path,
                            "unix:mode,size,ino,lastModifiedTime,ctime",
                            LinkOption.NOFOLLOW_LINKS)
                    .toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** All files and directories of the working tree outside of git directories. */
    private static Stream<Path> files(Path root) {
        try (Stream<Path> walk = Files.walk(root)) {
            return walk
                    .filter(path ->
                            !path.toString().contains("/.git/")
                                    && !path.getFileName().toString().equals(".git"))
                    .toList()
                    .stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Asserts that native git finds nothing wrong with the repository. */
    public void assertSound() {
        Git.Result result = git().attempt("fsck", "--full", "--strict", "--no-dangling");
        assertThat(result.code()).as(result.errors()).isZero();
        assertThat((result.output() + result.errors()).lines())
                .allMatch(line -> line.startsWith("notice:") || line.startsWith("Checking"));
    }
}

package dev.stele.git.bench;

import dev.stele.git.testing.Git;
import dev.stele.git.testing.WorkTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/**
 * A repository that ways are compared on. Each way gets a copy of its own, so that none of them
 * finds what another one has written, and all copies are changed alike.
 */
final class Subject implements AutoCloseable {

    private static final int IN_A_DIRECTORY = 50;

    private final Path directory;
    private final WorkTree original;
    private final List<String> files;
    private int copies;

    private Subject(Path directory, WorkTree original) {
        this.directory = directory;
        this.original = original;
        this.files =
                List.of(original.git().run("ls-files", "-z").split("\0")).stream()
                        .filter(path -> Files.isRegularFile(original.at(path)))
                        .toList();
    }

    /**
     * A subject.
     *
     * @param name a number of files, fifty in a directory, or the path of a repository, which is
     *     cloned and not touched
     */
    static Subject of(String name) throws IOException {
        String place = System.getProperty("stele.bench.dir", System.getProperty("java.io.tmpdir"));
        Path directory = Files.createTempDirectory(Path.of(place), "stele-bench").toRealPath();
        return new Subject(
                directory,
                name.matches("[0-9]+")
                        ? generated(directory.resolve("made"), Integer.parseInt(name))
                        : cloned(directory, Path.of(name)));
    }

    private static WorkTree generated(Path directory, int files) {
        var random = new Random(1);
        WorkTree tree = WorkTree.init(directory);
        for (int i = 0; i < files; i++) {
            int folder = i / IN_A_DIRECTORY;
            tree.write(
                    "src/module" + folder % 40 + "/package" + folder + "/File" + i + ".java",
                    ("line " + i + " " + random.nextLong() + "\n").repeat(20 + i % 100));
        }
        tree.write(".gitignore", "*.log\nbuild/\n/out\n").commit("generated");
        tree.git().run("repack", "-adq");
        return tree;
    }

    private static WorkTree cloned(Path directory, Path repository) {
        Path clone = directory.resolve("clone");
        new Git(directory)
                .run("clone", "-q", repository.toAbsolutePath().toString(), clone.toString());
        return new WorkTree(clone);
    }

    /** How many files it has. */
    int size() {
        return files.size();
    }

    /** A directory for whatever a way keeps outside of its copy. */
    Path aside(String name) {
        return directory.resolve(name);
    }

    /** A copy for one way. */
    Copy copy() {
        var tree = new WorkTree(directory.resolve("copy" + copies++));
        original.git().process("cp", "-a", original.root().toString(), tree.root().toString());
        return new Copy(tree);
    }

    /** One way's copy; what is changed in it depends on how often it was changed before, alone. */
    final class Copy {
        private final WorkTree tree;
        private final Random random = new Random(2);

        private Copy(WorkTree tree) {
            this.tree = tree;
        }

        WorkTree tree() {
            return tree;
        }

        /** Adds a line to some files. */
        void change(int count) {
            for (int i = 0; i < count; i++) {
                change(files.get(random.nextInt(files.size())));
            }
        }

        /** Adds a line to every file. */
        void changeAll() {
            files.forEach(this::change);
        }

        private void change(String path) {
            String line = String.format(Locale.ROOT, "%d%n", random.nextInt());
            tree.write(path, tree.read(path) + line);
        }
    }

    /** Removes all copies. */
    @Override
    public void close() {
        new WorkTree(directory).delete("");
    }

    /** What the arguments of a benchmark say. */
    record Arguments(List<String> subjects, int rounds) {

        /**
         * Reads them.
         *
         * @param arguments numbers of files, paths of repositories, and {@code rounds=N}
         */
        static Arguments of(String... arguments) {
            int rounds = 0;
            List<String> subjects = new ArrayList<>();
            for (String argument : arguments) {
                if (argument.startsWith("rounds=")) {
                    rounds = Integer.parseInt(argument.substring("rounds=".length()));
                } else {
                    subjects.add(argument);
                }
            }
            return new Arguments(
                    subjects.isEmpty() ? List.of("300", "12000", "100000") : subjects, rounds);
        }

        /** How often each way is measured. */
        int rounds(int files) {
            return rounds > 0 ? rounds : files < 1000 ? 60 : files < 50_000 ? 20 : 9;
        }
    }
}

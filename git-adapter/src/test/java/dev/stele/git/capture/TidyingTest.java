package dev.stele.git.capture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stele.git.repository.Repositories;
import dev.stele.git.testing.Capturing;
import dev.stele.git.testing.Git;
import dev.stele.git.testing.WorkTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The repositories that Stele keeps for directories without one stay small. */
class TidyingTest {

    private static final int MANY = 50;

    @TempDir Path temp;
    private WorkTree tree = new WorkTree(Path.of("/nowhere"));
    private Capturing capturing = new Capturing();
    private final List<TakenCheckpoint> taken = new ArrayList<>();

    @BeforeEach
    void a_directory_in_no_repository() throws IOException {
        Path root = Files.createDirectories(temp.resolve("plain")).toRealPath();
        tree = new WorkTree(root).write("a.txt", "one").write("dir/b.txt", "two");
        capturing = new Capturing(new Repositories(temp.resolve("state")));
    }

    /** A file each that does not get smaller in a pack. */
    private void take(int checkpoints) {
        for (int i = 0; i < checkpoints; i++) {
            var content = new byte[10_000];
            new Random(i).nextBytes(content);
            tree.write("dir/new.bin", content);
            taken.add(capturing.take(tree.root(), "c" + taken.size()));
        }
    }

    private Path own() throws IOException {
        try (Stream<Path> all = Files.list(temp.resolve("state/trees"))) {
            return all.findFirst().orElseThrow();
        }
    }

    private List<String> packs() throws IOException {
        try (Stream<Path> files = Files.list(own().resolve("objects/pack"))) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".pack"))
                    .toList();
        }
    }

    private long size() throws IOException {
        try (Stream<Path> files = Files.walk(own())) {
            return files.filter(Files::isRegularFile)
                    .mapToLong(file -> file.toFile().length())
                    .sum();
        }
    }

    /** What a checkpoint holds, as native git lists it. */
    private String held(TakenCheckpoint checkpoint) throws IOException {
        return new Git(own()).run("ls-tree", "-r", checkpoint.ref());
    }

    private void assertSound() throws IOException {
        assertThat(new Git(own()).run("fsck", "--strict", "--no-dangling")).isEmpty();
        for (TakenCheckpoint checkpoint : taken) {
            assertThat(held(checkpoint)).contains("dir/new.bin");
        }
    }

    @Test
    void many_packs_become_one_and_few_are_left_alone() throws IOException {
        take(MANY - 1);
        capturing.checkpoints().tidy(tree.root(), new StopSign());
        assertThat(packs()).hasSize(MANY - 1);

        take(1);
        capturing.checkpoints().tidy(tree.root(), new StopSign());

        assertThat(packs()).hasSize(1);
        assertSound();
        take(1);
        assertThat(packs()).hasSize(2);
        assertSound();
    }

    @Test
    void the_room_of_deleted_checkpoints_is_given_back_at_once() throws IOException {
        take(20);
        long before = size();
        List<String> names = taken.subList(0, 15).stream().map(TakenCheckpoint::ref).toList();

        capturing.checkpoints().delete(tree.root(), names, new StopSign());

        taken.subList(0, 15).clear();
        assertThat(size()).isLessThan(before - 15 * 10_000);
        assertSound();
        capturing.checkpoints().delete(tree.root(), names, new StopSign());
        assertSound();
    }

    @Test
    void what_is_stopped_leaves_all_as_it_was() throws IOException {
        take(MANY);
        var stop = new StopSign();
        stop.raise();

        capturing.checkpoints().tidy(tree.root(), stop);

        assertThat(packs()).hasSize(MANY);
        assertSound();
    }

    @Test
    void a_users_repository_is_never_repacked() throws IOException {
        WorkTree users = WorkTree.init(temp.resolve("users")).write("a.txt", "a");
        users.commit("first");
        for (int i = 0; i < MANY; i++) {
            users.write("b.txt", "b" + i);
            capturing.take(users.root(), "u" + i);
        }
        List<Path> before = files(users.at(".git/objects"));

        capturing.checkpoints().tidy(users.root(), new StopSign());
        capturing.checkpoints().consolidate(users.root(), new StopSign());

        assertThat(files(users.at(".git/objects"))).isEqualTo(before);
    }

    private static List<Path> files(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.sorted().toList();
        }
    }

    @Test
    void killed_when_the_new_pack_is_begun() throws IOException {
        take(MANY);
        killWhen(names -> names.stream().anyMatch(name -> name.startsWith("gc_")));
    }

    @Test
    void killed_when_the_first_old_pack_is_gone() throws IOException {
        take(MANY);
        killWhen(names -> names.stream().filter(name -> name.endsWith(".pack")).count() < MANY);
    }

    /** A moment of a consolidation, by the names of all files of packs. */
    private interface Moment {
        boolean isReached(List<String> names);
    }

    private void killWhen(Moment moment) throws IOException {
        Process child = Child.start(tree.root(), temp.resolve("state"));
        while (child.isAlive() && !moment.isReached(names())) {
            Thread.onSpinWait();
        }
        child.destroyForcibly().onExit().join();
        assertSound();

        take(1);
        capturing.checkpoints().consolidate(tree.root(), new StopSign());

        assertThat(packs()).hasSize(1);
        assertSound();
    }

    private List<String> names() throws IOException {
        try (Stream<Path> files = Files.walk(own().resolve("objects"))) {
            return files.map(file -> file.getFileName().toString()).toList();
        } catch (java.io.UncheckedIOException gone) {
            return List.of();
        }
    }

    /** Consolidates, and says nothing. */
    static final class Child {

        private Child() {}

        static Process start(Path project, Path state) throws IOException {
            List<String> command =
                    List.of(
                            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                            "-XX:TieredStopAtLevel=1",
                            "-XX:+UseSerialGC",
                            "--enable-native-access=ALL-UNNAMED",
                            "-cp",
                            System.getProperty("java.class.path"),
                            Child.class.getName(),
                            project.toString(),
                            state.toString());
            return new ProcessBuilder(command)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
        }

        /** Consolidates what is kept of a directory. */
        public static void main(String[] arguments) throws IOException {
            new Capturing(new Repositories(Path.of(arguments[1])))
                    .checkpoints()
                    .consolidate(Path.of(arguments[0]), new StopSign());
        }
    }
}

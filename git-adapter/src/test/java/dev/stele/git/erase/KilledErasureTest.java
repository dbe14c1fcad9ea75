package dev.stele.git.erase;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stele.domain.model.SecretText;
import dev.stele.domain.port.CheckpointErasureReport;
import dev.stele.git.capture.TakenCheckpoint;
import dev.stele.git.testing.Restoring;
import dev.stele.git.testing.Story;
import dev.stele.git.testing.WorkTree;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Erasures of processes that are killed in the middle of them are finished by the next one. */
class KilledErasureTest {

    private static final String SECRET = "sk-live-0815";
    private static final int CHECKPOINTS = 8;

    @TempDir Path temp;
    private WorkTree tree = new WorkTree(Path.of("/nowhere"));
    private final List<TakenCheckpoint> taken = new ArrayList<>();

    @BeforeEach
    void checkpoints_with_a_secret_each_in_a_pack_of_its_own() {
        tree = WorkTree.init(temp.resolve("project"));
        tree.write("a.txt", "one").commit("first");
        Restoring restoring = new Restoring(temp.resolve("state"));
        for (int i = 0; i < CHECKPOINTS; i++) {
            tree.write("dir/key" + i, i + SECRET).write("dir/other" + i, "kept " + i);
            taken.add(restoring.take(tree));
        }
        tree.delete("dir");
    }

    private static CheckpointErasureReport erase(Path project, Path state) {
        Restoring restoring = new Restoring(state);
        return new GitCheckpointErasure(
                        restoring.capturing().repositories(),
                        restoring.capturing().checkpoints(),
                        Duration.ofMinutes(3))
                .erase(Story.in(project).engine().model(), new SecretText(SECRET));
    }

    @Test
    void killed_when_it_has_noted_what_is_to_go() throws IOException {
        killAt(() -> Files.exists(temp.resolve("state/erasing")));
    }

    @Test
    void killed_when_the_first_checkpoint_has_moved() throws IOException {
        killAt(() -> taken.stream().anyMatch(this::hasMoved));
    }

    private boolean hasMoved(TakenCheckpoint checkpoint) {
        return !read(checkpoint).equals(checkpoint.commit().name());
    }

    private String read(TakenCheckpoint checkpoint) {
        try {
            return Files.readString(tree.at(".git").resolve(checkpoint.ref())).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void killed_when_the_first_pack_is_gone() throws IOException {
        Set<Path> before = packs();
        killAt(() -> !packs().containsAll(before));
    }

    private Set<Path> packs() {
        try (Stream<Path> files = Files.list(tree.at(".git/objects/pack"))) {
            return files.filter(file -> file.toString().endsWith(".pack"))
                    .collect(Collectors.toSet());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void killAt(BooleanSupplier moment) throws IOException {
        Process child = Child.start(tree.root(), temp.resolve("state"));
        while (child.isAlive() && !moment.getAsBoolean()) {
            Thread.onSpinWait();
        }
        boolean reached = moment.getAsBoolean();
        child.destroyForcibly().onExit().join();
        assertThat(reached).isTrue();
        tree.assertSound();
        taken.forEach(checkpoint ->
                assertThat(tree.held(checkpoint.ref()).keySet()).contains("dir/key0"));

        CheckpointErasureReport report = erase(tree.root(), temp.resolve("state"));

        assertThat(report.isLeft()).as(report.toString()).isFalse();
        assertThat(tree.git().run("cat-file", "--batch-all-objects", "--batch"))
                .contains("[erased]", "kept 7")
                .doesNotContain(SECRET);
        assertThat(temp.resolve("state/erasing")).isEmptyDirectory();
        tree.assertSound();
    }

    /** Erases, and says nothing. */
    static final class Child {

        private Child() {}

        static Process start(Path project, Path state) throws IOException {
            List<String> command =
                    List.of(
                            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                            "-XX:TieredStopAtLevel=1",
                            "-XX:+UseSerialGC",
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

        /** Erases the text from the checkpoints of a project. */
        public static void main(String[] arguments) {
            erase(Path.of(arguments[0]), Path.of(arguments[1]));
        }
    }
}

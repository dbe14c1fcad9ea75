package dev.stele.git.restore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stele.domain.model.CheckpointStats.LeftPath;
import dev.stele.git.capture.StopSign;
import dev.stele.git.capture.TakenCheckpoint;
import dev.stele.git.testing.Restoring;
import dev.stele.git.testing.WorkTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** So many files that several threads share the work, and all of a disk is synced at once. */
class LargeRestoresTest {

    private static final int FILES = 400;

    @TempDir Path temp;
    private WorkTree tree = new WorkTree(Path.of("/nowhere"));
    private Restoring restoring = new Restoring(Path.of("/nowhere"));

    @BeforeEach
    void repository() {
        restoring = Restoring.watching(temp.resolve("journals"));
        tree = WorkTree.init(temp.resolve("project"));
        fill("first", 0, FILES);
        tree.executable(file(7), true).link("dir1/link", "file");
    }

    private void fill(String content, int from, int to) {
        for (int i = from; i < to; i++) {
            tree.write(file(i), content + i);
        }
    }

    private static String file(int number) {
        return "dir" + number % 80 + "/file" + number;
    }

    @Test
    void many_files_are_brought_back_and_the_restore_is_undone() {
        TakenCheckpoint target = restoring.take(tree);
        Map<String, String> before = tree.expected();
        fill("second", 0, 300);
        fill("more", FILES, FILES + 100);
        for (int i = 300; i < FILES; i++) {
            tree.delete(file(i));
        }
        tree.executable(file(7), false).executable(file(8), true).delete("dir1/link");
        Map<String, String> changed = tree.expected();
        var done = restoring.restore(tree, target);
        assertThat(done.summary().left()).isEmpty();
        assertThat(done.summary().written()).isEqualTo(FILES + 1);
        assertThat(done.summary().deleted()).isEqualTo(100);
        assertThat(tree.onDisk()).isEqualTo(before);
        restoring.restore(tree, done.safety());
        assertThat(tree.onDisk()).isEqualTo(changed);
        tree.assertSound();
    }

    @Test
    void a_file_among_many_that_was_changed_meanwhile_is_left_and_told() {
        TakenCheckpoint target = restoring.take(tree);
        fill("second", 0, FILES);
        var done = restoring.restore(tree, target, () -> tree.write(file(200), "meanwhile"));
        assertThat(done.summary().left()).containsExactly(new LeftPath(file(200), Applier.CHANGED));
        assertThat(tree.read(file(200))).isEqualTo("meanwhile");
        assertThat(tree.read(file(201))).isEqualTo("first201");
    }

    @Test
    void a_restore_of_many_files_is_stopped_anywhere_and_goes_on_later() throws IOException {
        TakenCheckpoint target = restoring.take(tree);
        Map<String, String> before = tree.expected();
        for (int checks : new int[] {3, 100, 250, FILES + 50, 2 * FILES - 20}) {
            fill("second", 0, FILES);
            TakenCheckpoint safety = restoring.take(tree);
            RestoreRequest request = restoring.request(tree, safety, target);
            assertThatThrownBy(() -> restoring.restores().restore(request, new StopAfter(checks)))
                    .isInstanceOf(StopSign.Stopped.class);
            assertThat(temporaries()).as("after %d checks", checks).isZero();
            restoring.restores().restore(request, new StopSign());
            assertThat(tree.onDisk()).as("after %d checks", checks).isEqualTo(before);
        }
    }

    private long temporaries() throws IOException {
        try (var files = Files.walk(tree.root())) {
            return files.filter(path -> path.getFileName().toString().startsWith(".stele-"))
                    .count();
        }
    }

    /** Stops at the n-th place where it can, whoever asks. */
    private static final class StopAfter extends StopSign {
        private final AtomicInteger left;

        StopAfter(int checks) {
            this.left = new AtomicInteger(checks);
        }

        @Override
        public void check() {
            if (left.getAndDecrement() == 0) {
                raise();
            }
            super.check();
        }
    }
}

package dev.stele.git.capture;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stele.domain.model.CheckpointStats.LeftPath;
import dev.stele.git.disk.Directory;
import dev.stele.git.disk.NioDirectory;
import dev.stele.git.repository.GitLocation;
import dev.stele.git.repository.NewPack;
import dev.stele.git.repository.ProjectRepository;
import dev.stele.git.testing.Capturing;
import dev.stele.git.testing.HookedDirectory;
import dev.stele.git.testing.WorkTree;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Captures of a tree that moves, or that may not be read. */
class DisturbedCaptureTest {

    @TempDir Path temp;
    private WorkTree tree = new WorkTree(Path.of("/nowhere"));

    @BeforeEach
    void repository() {
        tree = WorkTree.init(temp.resolve("project"));
        tree.write("a.txt", "one").write("dir/b.txt", "two").commit("first");
    }

    @Test
    void a_file_that_changes_once_while_it_is_read_is_read_again() throws IOException {
        var changes = new AtomicInteger();
        var captured =
                capture(name -> {
                    if (name.equals("a.txt") && changes.getAndIncrement() == 0) {
                        tree.write("a.txt", "another");
                    }
                });
        assertThat(captured.left()).isEmpty();
        assertThat(held(captured).get("a.txt"))
                .endsWith(WorkTree.blobId("another".getBytes(UTF_8)));
    }

    @Test
    void a_file_that_keeps_changing_is_left_out_and_reported() throws IOException {
        var changes = new AtomicInteger();
        var captured =
                capture(name -> {
                    if (name.equals("a.txt")) {
                        tree.write("a.txt", "x".repeat(changes.incrementAndGet()));
                    }
                });
        assertThat(changes).hasValue(3);
        assertThat(captured.left())
                .containsExactly(new LeftPath("a.txt", "it kept changing while it was read"));
        assertThat(held(captured)).containsOnlyKeys("dir/b.txt");
    }

    @Test
    void a_large_file_that_keeps_growing_is_left_out_and_the_pack_stays_sound() throws IOException {
        tree.write("big", new byte[3 << 20]).write("zz", "after");
        var changes = new AtomicInteger();
        var captured =
                capture(name -> {
                    if (name.equals("big")) {
                        int size = (3 << 20) + changes.incrementAndGet();
                        tree.write("big", new byte[size]);
                    }
                });
        assertThat(captured.left()).extracting(LeftPath::path).containsExactly("big");
        assertThat(held(captured)).containsOnlyKeys("a.txt", "dir/b.txt", "zz");
        tree.assertSound();
    }

    @Test
    void a_file_that_vanishes_is_not_held() throws IOException {
        var captured =
                capture(name -> {
                    if (name.equals("a.txt")) {
                        Files.delete(tree.at("a.txt"));
                    }
                });
        assertThat(captured.left()).isEmpty();
        assertThat(held(captured)).containsOnlyKeys("dir/b.txt");
    }

    @Test
    void a_directory_that_becomes_a_link_is_not_followed() throws IOException {
        tree.write("elsewhere/secret", "not in dir").write(".gitignore", "elsewhere\n");
        var captured =
                capture(name -> {
                    if (name.equals("dir")) {
                        tree.delete("dir").link("dir", "elsewhere");
                    }
                });
        assertThat(held(captured)).containsOnlyKeys(".gitignore", "a.txt");
    }

    @Test
    void what_may_not_be_read_is_left_out_and_reported() throws IOException {
        tree.write("broken", "x").link("locked-link", "a.txt");
        var captured =
                capture(name -> {
                    switch (name) {
                        case "dir", "locked-link" -> throw new AccessDeniedException(name);
                        case "broken" -> throw new FileSystemException(name, null, "I/O error");
                        default -> {}
                    }
                });
        assertThat(captured.left())
                .containsExactly(
                        new LeftPath("broken", "it cannot be read: I/O error"),
                        new LeftPath("dir", "it may not be read"),
                        new LeftPath("locked-link", "it may not be read"));
        assertThat(held(captured)).containsOnlyKeys("a.txt");
    }

    @Test
    void a_capture_stops_in_the_middle_of_a_large_file() throws IOException {
        tree.write("big", new byte[3 << 20]);
        var stop = new StopSign();
        try (ProjectRepository repository = ProjectRepository.open(GitLocation.find(tree.root()));
                NewPack pack = repository.newPack();
                Directory root = NioDirectory.open(tree.root())) {
            var capture =
                    new Capture(repository, Capturing.LIMITS, pack, null, 0, Vigil.NONE, stop);
            var hooked = new HookedDirectory(root, name -> raise(stop, name));
            assertThat(org.assertj.core.api.Assertions.catchThrowable(() -> capture.run(hooked)))
                    .isInstanceOf(StopSign.Stopped.class);
        }
        try (var packs = Files.list(tree.at(".git/objects/pack"))) {
            assertThat(packs).isEmpty();
        }
    }

    private static void raise(StopSign stop, String name) {
        if (name.equals("big")) {
            stop.raise();
        }
    }

    private Capture.Captured capture(HookedDirectory.Hook hook) throws IOException {
        try (ProjectRepository repository = ProjectRepository.open(GitLocation.find(tree.root()));
                NewPack pack = repository.newPack();
                Directory root = NioDirectory.open(tree.root())) {
            var capture =
                    new Capture(
                            repository,
                            Capturing.LIMITS,
                            pack,
                            null,
                            0,
                            Vigil.NONE,
                            new StopSign());
            Capture.Captured captured = capture.run(new HookedDirectory(root, hook));
            pack.finish();
            return captured;
        }
    }

    private Map<String, String> held(Capture.Captured captured) {
        return tree.held(captured.tree().name());
    }
}

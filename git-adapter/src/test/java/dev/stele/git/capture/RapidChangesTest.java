package dev.stele.git.capture;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stele.git.testing.Capturing;
import dev.stele.git.testing.WorkTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Changes that come as fast as the clock of the file system ticks, and while captures run. */
class RapidChangesTest {

    private static final int EDITS = 300;
    private static final int ROUNDS = 8;

    @TempDir Path temp;
    private WorkTree tree = new WorkTree(Path.of("/nowhere"));

    /** Ways to capture. */
    enum Way {
        SCANNING {
            @Override
            Capturing capturing() {
                return new Capturing();
            }
        },
        WATCHING {
            @Override
            Capturing capturing() {
                return Capturing.watching();
            }
        };

        abstract Capturing capturing();
    }

    @BeforeEach
    void repository() {
        tree = WorkTree.init(temp.resolve("project"));
        for (int i = 0; i < 60; i++) {
            tree.write("dir" + i % 6 + "/sub" + i % 3 + "/" + i, "content " + i);
        }
        tree.commit("first");
    }

    @ParameterizedTest
    @EnumSource
    void edits_of_the_same_size_between_captures_without_a_pause_are_seen(Way way)
            throws IOException {
        var capturing = way.capturing();
        List<String> expected = new ArrayList<>();
        var asked = new ArrayList<>(List.of("rev-parse"));
        FileTime old = Files.getLastModifiedTime(tree.at("dir0/sub0/0"));
        for (int i = 0; i < EDITS; i++) {
            String content = "edit " + (1000 + i);
            tree.write("dir0/sub0/0", content);
            if (i % 3 == 0) {
                Files.setLastModifiedTime(tree.at("dir0/sub0/0"), old);
            }
            asked.add(capturing.take(tree.root()).ref() + ":dir0/sub0/0");
            expected.add(WorkTree.blobId(content.getBytes(UTF_8)));
        }
        assertThat(tree.git().run(asked.toArray(String[]::new)).lines().toList())
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @EnumSource
    void what_changes_while_captures_run_is_in_the_next_one(Way way) throws Exception {
        long seed = Long.getLong("stele.seed", 20_261_122);
        var random = new Random(seed);
        var capturing = way.capturing();
        for (int round = 0; round < ROUNDS; round++) {
            var busy = new AtomicBoolean(true);
            var own = new Random(random.nextLong());
            Thread writer = Thread.ofPlatform().start(() -> write(own, busy));
            for (int i = 0; i < 10; i++) {
                capturing.take(tree.root());
            }
            busy.set(false);
            writer.join();
            String quiet = capturing.take(tree.root()).ref();
            String anew = new Capturing().take(tree.root(), way + "-anew" + round).ref();
            assertThat(tree.git().line("rev-parse", quiet + "^{tree}"))
                    .as("seed %s, round %s", seed, round)
                    .isEqualTo(tree.git().line("rev-parse", anew + "^{tree}"));
        }
        tree.assertSound();
    }

    private void write(Random random, AtomicBoolean busy) {
        while (busy.get()) {
            String directory = "dir" + random.nextInt(6) + "/sub" + random.nextInt(4);
            String path = directory + "/" + random.nextInt(60);
            try {
                switch (random.nextInt(6)) {
                    case 0 -> Files.deleteIfExists(tree.at(path));
                    case 1 -> tree.delete(directory);
                    case 2 -> Files.move(tree.at(directory), tree.at(directory + "moved"));
                    case 3 -> Files.move(tree.at(directory + "moved"), tree.at(directory));
                    default -> tree.write(path, "written " + random.nextInt(10));
                }
            } catch (IOException | java.io.UncheckedIOException e) {
                // It was not there, or is there already: another change comes at once.
            }
        }
    }
}

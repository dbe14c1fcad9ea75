package dev.stele.git.index;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stele.git.index.TrackedPaths.Entry;
import dev.stele.git.testing.WorkTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IndexFileTest {

    @TempDir Path temp;

    @Test
    void every_version_gives_what_git_lists() throws Exception {
        WorkTree tree = WorkTree.init(temp.resolve("project"));
        for (int i = 0; i < 40; i++) {
            tree.write("dir" + i % 3 + "/file é " + "x".repeat(i * 6), "x");
        }
        tree.executable("dir0/file é ", true).link("link", "x").commit("some");
        for (String version : new String[] {"2", "3", "4"}) {
            tree.git().run("update-index", "--index-version", version);
            assertThat(listed(IndexFile.read(tree.at(".git/index"))))
                    .containsExactlyElementsOf(byGit(tree));
        }
    }

    @Test
    void halves_of_a_split_index_give_what_git_lists() throws Exception {
        long seed = Long.getLong("stele.seed", 20_261_122);
        var random = new Random(seed);
        WorkTree tree = WorkTree.init(temp.resolve("project"));
        tree.git().run("config", "splitIndex.maxPercentChange", "100");
        for (int i = 0; i < 300; i++) {
            tree.write("f" + i, "x");
        }
        tree.git().run("add", "-A");
        tree.git().run("update-index", "--split-index");
        for (int round = 0; round < 12; round++) {
            for (int i = random.nextInt(20); i > 0; i--) {
                String name = "f" + random.nextInt(330);
                if (random.nextBoolean()) {
                    tree.write(name, "y" + round);
                    tree.git().run("add", name);
                } else {
                    tree.git().run("rm", "-q", "--cached", "--ignore-unmatch", name);
                }
            }
            assertThat(listed(IndexFile.read(tree.at(".git/index"))))
                    .as("seed %d", seed)
                    .containsExactlyInAnyOrderElementsOf(byGit(tree));
        }
    }

    private static List<String> listed(List<Entry> entries) {
        return entries.stream()
                .map(entry ->
                        String.format("%06o ", entry.mode().getBits())
                                + entry.id().name()
                                + " "
                                + entry.path())
                .toList();
    }

    private static List<String> byGit(WorkTree tree) {
        List<String> lines = new ArrayList<>();
        for (String line : tree.git().run("ls-files", "-s", "-z").split("\0", -1)) {
            if (!line.isEmpty()) {
                lines.add(line.replaceFirst(" 0\t", " "));
            }
        }
        return lines;
    }

    @Test
    void a_file_that_is_not_there_tracks_nothing() throws Exception {
        assertThat(IndexFile.read(temp.resolve("none"))).isEmpty();
    }

    /** With a checksum that fits, since otherwise nothing else would be looked at. */
    @Test
    void no_damage_leads_to_more_than_a_refusal() throws Exception {
        WorkTree tree = WorkTree.init(temp.resolve("project"));
        tree.write("a", "x").write("b/c", "y").commit("some");
        tree.git().run("update-index", "--index-version", "4", "--split-index");
        tree.write("d", "z").git().run("add", "d");
        byte[] sound = Files.readAllBytes(tree.at(".git/index"));
        long seed = Long.getLong("stele.seed", 20_261_122);
        var random = new Random(seed);
        for (int round = 0; round < 3000; round++) {
            byte[] damaged = damaged(sound, random);
            Files.write(tree.at(".git/index"), damaged);
            assertThat(isReadOrRefused(tree.at(".git/index"))).as("seed %d", seed).isTrue();
        }
    }

    private static byte[] damaged(byte[] sound, Random random) throws Exception {
        int length = random.nextBoolean() ? sound.length : 20 + random.nextInt(sound.length - 20);
        byte[] damaged = java.util.Arrays.copyOf(sound, length);
        for (int i = random.nextInt(4); i >= 0; i--) {
            damaged[random.nextInt(length)] = (byte) random.nextInt(256);
        }
        MessageDigest digest = MessageDigest.getInstance("SHA-1");
        digest.update(damaged, 0, length - 20);
        System.arraycopy(digest.digest(), 0, damaged, length - 20, 20);
        return damaged;
    }

    private static boolean isReadOrRefused(Path index) throws IOException {
        try {
            return IndexFile.read(index).size() < 1000;
        } catch (CorruptIndexException e) {
            return e.getMessage() != null;
        }
    }
}

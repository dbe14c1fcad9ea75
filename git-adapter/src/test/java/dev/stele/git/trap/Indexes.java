package dev.stele.git.trap;

import dev.stele.git.testing.WorkTree;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.List;

/** Indexes of every form and state. */
final class Indexes {

    static final List<Trap> TRAPS =
            List.of(
                    Trap.sameTree("an index with conflicts", Indexes::conflicts),
                    Trap.sameTree("a file that is meant to be added", Indexes::intent),
                    Trap.samePaths("a file that is assumed to be unchanged", Indexes::assumed),
                    Trap.sameTree("single files that are skipped", Indexes::skipped),
                    Trap.sameTree("a sparse checkout of directories", tree -> sparse(tree, "set")),
                    Trap.sameTree(
                            "a sparse checkout of patterns",
                            tree -> sparse(tree, "set", "--no-cone")),
                    Trap.sameTree(
                            "a sparse index",
                            tree -> sparse(tree, "set", "--cone", "--sparse-index")),
                    Trap.sameTree("a split index", Indexes::split),
                    Trap.sameTree("an index of version 2", tree -> version(tree, "2")),
                    Trap.sameTree("an index of version 3", tree -> version(tree, "3")),
                    Trap.sameTree("an index of version 4", tree -> version(tree, "4")),
                    Trap.sameTree("an index that knows untracked files", Indexes::untrackedCache),
                    Trap.sameTree("an index with a file monitor", Indexes::monitor),
                    Trap.sameTree("an index with tables of its entries", Indexes::tables),
                    Trap.sameTree("an index without a checksum", tree -> ignoredButTracked(tree))
                            .then(Indexes::withoutChecksum),
                    Trap.sameTree("a damaged index", tree -> tree.commit("all"))
                            .then(tree -> tree.write(".git/index", "DIRC damaged")),
                    Trap.sameTree("staged work of every kind", Indexes::staged));

    private Indexes() {}

    private static void conflicts(WorkTree tree) {
        tree.git().run("checkout", "-q", "-b", "side");
        tree.write("a.txt", "side").delete("empty").commit("side");
        tree.git().run("checkout", "-q", "main");
        tree.write("a.txt", "main").write("empty", "not any more").commit("main");
        tree.git().attempt("merge", "-q", "side");
    }

    private static void intent(WorkTree tree) {
        tree.write("wanted.txt", "later").git().run("add", "-N", "wanted.txt");
    }

    private static void assumed(WorkTree tree) {
        tree.git().run("update-index", "--assume-unchanged", "a.txt", "run.sh");
        tree.write("a.txt", "changed all the same").delete("run.sh");
    }

    private static void skipped(WorkTree tree) {
        tree.git().run("update-index", "--skip-worktree", "a.txt", "dir/deep/c.txt");
        tree.delete("a.txt").delete("dir/deep");
    }

    private static void sparse(WorkTree tree, String... arguments) {
        tree.write("out/c.txt", "c").write("out/deep/d.txt", "d").commit("more");
        String[] all = Arrays.copyOf(arguments, arguments.length + 2);
        all[arguments.length] = "dir";
        all[arguments.length + 1] = "untracked";
        String[] command = new String[all.length + 1];
        command[0] = "sparse-checkout";
        System.arraycopy(all, 0, command, 1, all.length);
        tree.git().run(command);
        tree.write("dir/b.txt", "changed again").write("dir/new", "new");
    }

    private static void ignoredButTracked(WorkTree tree) {
        tree.git().run("add", "-f", "x.ignored");
    }

    private static void split(WorkTree tree) {
        ignoredButTracked(tree);
        tree.git().run("update-index", "--split-index");
        tree.git().run("add", "-f", "dir/y.ignored");
        tree.git().run("rm", "-q", "--cached", "empty");
    }

    private static void version(WorkTree tree, String version) {
        ignoredButTracked(tree);
        tree.write("wanted", "later").git().run("add", "-N", "wanted");
        tree.git().run("update-index", "--index-version", version);
    }

    private static void untrackedCache(WorkTree tree) {
        ignoredButTracked(tree);
        tree.git().run("update-index", "--force-untracked-cache");
        tree.git().process("git", "status");
    }

    private static void monitor(WorkTree tree) {
        ignoredButTracked(tree);
        tree.write(".git/monitor", "#!/bin/sh\nprintf 'token\\0/\\0'\n");
        tree.executable(".git/monitor", true);
        tree.git().run("config", "core.fsmonitor", tree.at(".git/monitor").toString());
        tree.git().run("update-index", "--fsmonitor");
        requireExtension(tree, "FSMN");
    }

    private static void tables(WorkTree tree) {
        ignoredButTracked(tree);
        for (int i = 0; i < 40; i++) {
            tree.write("many/" + i, "x" + i % 3);
        }
        tree.git().run("config", "index.threads", "3");
        tree.git().run("config", "index.recordEndOfIndexEntries", "true");
        tree.git().run("config", "index.recordOffsetTable", "true");
        tree.git().run("add", "many");
        requireExtension(tree, "EOIE");
        requireExtension(tree, "IEOT");
    }

    private static void requireExtension(WorkTree tree, String name) {
        String index =
                new String(tree.bytes(".git/index"), java.nio.charset.StandardCharsets.ISO_8859_1);
        if (!index.contains(name)) {
            throw new AssertionError("git wrote no " + name);
        }
    }

    /** As git writes it with {@code index.skipHash}, which not every version knows. */
    private static void withoutChecksum(WorkTree tree) throws Exception {
        byte[] index = tree.bytes(".git/index");
        Arrays.fill(index, index.length - 20, index.length, (byte) 0);
        Files.write(tree.at(".git/index"), index);
    }

    private static void staged(WorkTree tree) {
        tree.write("a.txt", "staged").write("added", "staged").git().run("add", "a.txt", "added");
        tree.git().run("rm", "-q", "--cached", "run.sh");
        tree.git().run("mv", "empty", "renamed");
        tree.write("a.txt", "staged, then more").delete("added");
    }
}

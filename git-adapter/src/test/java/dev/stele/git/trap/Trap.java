package dev.stele.git.trap;

import dev.stele.git.testing.WorkTree;
import java.nio.file.Path;
import java.util.Set;

/**
 * A repository that tools stumble over.
 *
 * @param name says what is awkward about it
 * @param comparison how far native git can be compared with
 * @param leftOut what a checkpoint leaves out and names
 * @param setUp makes it
 * @param twist what happens to it after native git was asked
 */
record Trap(String name, Comparison comparison, Set<String> leftOut, SetUp setUp, Twist twist) {

    /** How far native git can be compared with. */
    enum Comparison {
        /** {@code git add -A} on a copy of the index comes to the very same tree. */
        SAME_TREE,
        /** Native git lists the same paths; what it would store is converted or out of date. */
        SAME_PATHS
    }

    /** Makes a repository. */
    interface SetUp {
        /**
         * Makes it.
         *
         * @param temp an empty directory
         * @return the project's directory
         */
        WorkTree make(Path temp) throws Exception;
    }

    /** Something that is done to a repository. */
    interface Twist {
        /** Does it. */
        void change(WorkTree tree) throws Exception;
    }

    static Trap sameTree(String name, Twist twist) {
        return in(name, temp -> base(temp, twist));
    }

    static Trap in(String name, SetUp setUp) {
        return new Trap(name, Comparison.SAME_TREE, Set.of(), setUp, _ -> {});
    }

    static Trap samePaths(String name, Twist twist) {
        return new Trap(name, Comparison.SAME_PATHS, Set.of(), temp -> base(temp, twist), _ -> {});
    }

    /** The same with paths that a checkpoint leaves out. */
    Trap leaving(String... paths) {
        return new Trap(name, comparison, Set.of(paths), setUp, twist);
    }

    /** The same with something that native git does not survive. */
    Trap then(Twist later) {
        return new Trap(name, comparison, leftOut, setUp, later);
    }

    /** A repository of the usual kind, in which something of every kind is changed. */
    private static WorkTree base(Path temp, Twist twist) throws Exception {
        WorkTree tree = usual(temp.resolve("project"));
        twist.change(tree);
        return tree;
    }

    /** A repository of the usual kind. */
    static WorkTree usual(Path root) {
        WorkTree tree = WorkTree.init(root);
        tree.write(".git/info/exclude", "*.ignored\n");
        tree.write("a.txt", "one").write("dir/b.txt", "two").write("dir/deep/c.txt", "three");
        tree.write("empty", "").write("run.sh", "#!/bin/sh\n").executable("run.sh", true);
        tree.link("link", "a.txt").commit("first");
        tree.write("x.ignored", "ignored").write("dir/y.ignored", "ignored");
        return tree.write("untracked/new.txt", "new").write("dir/b.txt", "changed");
    }

    @Override
    public String toString() {
        return name;
    }
}

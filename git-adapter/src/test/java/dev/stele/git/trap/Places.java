package dev.stele.git.trap;

import dev.stele.git.testing.Git;
import dev.stele.git.testing.WorkTree;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/** Repositories that lie, or that hold others, in an awkward way. */
final class Places {

    static final List<Trap> TRAPS =
            List.of(
                    Trap.sameTree("a repository of the usual kind", tree -> {}),
                    Trap.in("a linked worktree", Places::linked),
                    Trap.in("a linked worktree with settings of its own", Places::settings),
                    Trap.in("a separate git directory", Places::separate),
                    Trap.sameTree("a clean submodule", tree -> submodule(tree)),
                    Trap.sameTree("a submodule at another commit, with changes", Places::moved),
                    Trap.sameTree("a submodule that is not checked out", Places::deinitialised),
                    Trap.samePaths("nested repositories", Places::nested)
                            .leaving("nested", "dir/unborn", "linked"),
                    Trap.in("a shallow clone", temp -> cloned(temp, "--depth=1")),
                    Trap.in("a partial clone", temp -> cloned(temp, "--filter=blob:none")),
                    Trap.in("a clone that borrows objects", Places::borrowing),
                    Trap.in("an unborn branch", Places::unborn),
                    Trap.sameTree(
                            "a detached HEAD",
                            tree -> tree.git().run("checkout", "-q", "--detach")),
                    Trap.sameTree("a held lock of the index", tree -> {})
                            .then(tree -> tree.write(".git/index.lock", "")),
                    Trap.in("a separate git directory by a relative path", Places::relative),
                    Trap.in("a worktree of a bare repository", Places::ofBare),
                    Trap.sameTree("objects that are replaced by others", Places::replaced),
                    Trap.sameTree("a broken commit graph and pack index", tree -> {})
                            .then(Places::broken),
                    Trap.sameTree(
                            "refs and objects in packs alone", tree -> tree.git().run("gc", "-q")),
                    Trap.sameTree("hooks of every kind", tree -> {}).then(Places::hooks),
                    Trap.sameTree("hooks by a relative path", tree -> {}).then(Places::hooksPath),
                    new Trap(
                                    "ids of SHA-256",
                                    Trap.Comparison.SAME_PATHS,
                                    Set.of(),
                                    Places::sha256,
                                    _ -> {})
                            .leaving("sub", "nested"),
                    Trap.sameTree("settings of the future that are harmless", Places::extensions));

    private Places() {}

    private static WorkTree linked(Path temp) {
        WorkTree main = Trap.usual(temp.resolve("main"));
        main.git().run("worktree", "add", "-q", "-b", "side", temp.resolve("side").toString());
        var linked = new WorkTree(temp.resolve("side"));
        return linked.write("only-here", "x").write("a.txt", "elsewhere").write("z.ignored", "z");
    }

    private static WorkTree settings(Path temp) {
        WorkTree linked = linked(temp);
        linked.git().run("config", "extensions.worktreeConfig", "true");
        linked.git().run("config", "--worktree", "core.fileMode", "false");
        return linked.executable("a.txt", true);
    }

    private static WorkTree separate(Path temp) throws Exception {
        Path gitDir = temp.resolve("elsewhere.git");
        WorkTree tree = Trap.usual(temp.resolve("separate"));
        tree.git().run("init", "-q", "--separate-git-dir=" + gitDir);
        return tree;
    }

    private static WorkTree relative(Path temp) throws Exception {
        return separate(temp).write(".git", "gitdir: .//../elsewhere.git\r\n");
    }

    private static WorkTree ofBare(Path temp) {
        WorkTree main = Trap.usual(temp.resolve("main"));
        main.commit("all");
        var bare = new Git(temp);
        bare.run("clone", "-q", "--bare", main.root().toString(), temp.resolve("b.git").toString());
        new Git(temp.resolve("b.git")).run("worktree", "add", "-q", "../side", "main");
        return new WorkTree(temp.resolve("side")).write("only-here", "x").write("a.txt", "other");
    }

    /** The blob of a file, the tree of HEAD, and HEAD itself. */
    private static void replaced(WorkTree tree) {
        String first = tree.git().line("rev-parse", "HEAD");
        tree.commit("second").write("empty", "no more").write("dir/b.txt", "one").commit("third");
        tree.git().run("replace", tree.git().line("rev-parse", "HEAD:a.txt"), "HEAD:run.sh");
        tree.git().run("replace", "HEAD^{tree}", first + "^{tree}");
        tree.git().run("replace", "HEAD", first);
    }

    private static void broken(WorkTree tree) {
        tree.git().run("gc", "-q");
        tree.git().run("commit-graph", "write", "--reachable");
        tree.git().run("multi-pack-index", "write");
        tree.write(".git/objects/info/commit-graph", "CGPH\1\1 broken");
        tree.write(".git/objects/pack/multi-pack-index", "MIDX\1\1 broken");
    }

    private static WorkTree submodule(WorkTree tree) {
        WorkTree library = WorkTree.init(tree.root().resolveSibling("library"));
        library.write("lib.txt", "1").commit("one");
        tree.git().run("submodule", "--quiet", "add", library.root().toString(), "sub");
        tree.commit("submodule");
        return new WorkTree(tree.at("sub"));
    }

    private static void moved(WorkTree tree) {
        submodule(tree).write("lib.txt", "2").commit("two").write("lib.txt", "3").write("new", "");
    }

    private static void deinitialised(WorkTree tree) {
        submodule(tree);
        tree.git().run("submodule", "--quiet", "deinit", "-f", "sub");
    }

    /** With commits, without any, and a linked worktree inside its own repository. */
    private static void nested(WorkTree tree) {
        WorkTree.init(tree.at("nested")).write("inner.txt", "inner").commit("inner");
        WorkTree.init(tree.at("nested/more")).write("innermost.txt", "innermost");
        WorkTree.init(tree.at("dir/unborn")).write("inner.txt", "inner");
        tree.git().run("worktree", "add", "-q", "-b", "side", "linked");
    }

    private static WorkTree cloned(Path temp, String option) {
        WorkTree origin = Trap.usual(temp.resolve("origin"));
        origin.git().run("config", "uploadpack.allowFilter", "true");
        origin.commit("second");
        return clone(temp, option, "file://" + origin.root());
    }

    private static WorkTree borrowing(Path temp) {
        WorkTree origin = Trap.usual(temp.resolve("origin"));
        return clone(temp, "--shared", origin.root().toString());
    }

    private static WorkTree clone(Path temp, String option, String from) {
        Path clone = temp.resolve("clone");
        new Git(temp).run("clone", "-q", option, from, clone.toString());
        return new WorkTree(clone).write("a.txt", "changed").write("new", "new");
    }

    private static WorkTree unborn(Path temp) {
        WorkTree tree = WorkTree.init(temp.resolve("unborn"));
        tree.write("x", "x").write("staged", "staged").git().run("add", "staged");
        return tree.write("run", "x").executable("run", true);
    }

    /** None of them is run: whichever were would change the tree. */
    private static void hooks(WorkTree tree) throws Exception {
        for (String name :
                List.of("reference-transaction", "post-index-change", "pre-commit", "update")) {
            String hook = ".git/hooks/" + name;
            tree.write(hook, "#!/bin/sh\ntouch " + tree.at("hook-was-run") + "\nexit 1\n");
            tree.executable(hook, true);
        }
        Files.writeString(tree.at(".git/hooks/fsmonitor"), "#!/bin/sh\nexit 1\n");
        tree.executable(".git/hooks/fsmonitor", true);
        tree.write(
                ".git/config",
                tree.read(".git/config") + "[core]\n\tfsmonitor = .git/hooks/fsmonitor\n");
    }

    private static void hooksPath(WorkTree tree) {
        tree.git().run("config", "core.hooksPath", ".git/mine");
        for (String name : List.of("reference-transaction", "post-index-change")) {
            tree.write(".git/mine/" + name, "#!/bin/sh\ntouch hook-was-run\nexit 1\n");
            tree.executable(".git/mine/" + name, true);
        }
    }

    private static WorkTree sha256(Path temp) throws Exception {
        Path root = Files.createDirectories(temp.resolve("project")).toRealPath();
        Path library = Files.createDirectories(temp.resolve("library"));
        for (Path each : List.of(root, library)) {
            new Git(each).run("init", "-q", "-b", "main", "--object-format=sha256");
        }
        new WorkTree(library).write("lib.txt", "1").commit("one");
        var tree = new WorkTree(root);
        tree.git().run("submodule", "--quiet", "add", library.toString(), "sub");
        tree.git().run("config", "core.excludesFile", temp.resolve("user-ignores").toString());
        Files.writeString(temp.resolve("user-ignores"), "*.user\n");
        tree.write(".gitignore", "*.log\n").write("t.log", "t").write("run", "x");
        tree.executable("run", true).link("link", "run").commit("first");
        tree.git().run("add", "-f", "t.log");
        tree.git().run("update-index", "--index-version", "4", "--split-index");
        tree.write("u.log", "ignored").write("x.user", "ignored").write("dir/new", "new");
        WorkTree.init(tree.at("nested")).write("inner", "inner");
        tree.git().run("add", "dir");
        return tree;
    }

    private static void extensions(WorkTree tree) {
        tree.git().run("config", "core.repositoryFormatVersion", "1");
        tree.git().run("config", "extensions.preciousObjects", "true");
        tree.git().run("config", "extensions.noop", "true");
        tree.git().run("config", "extensions.worktreeConfig", "true");
    }
}

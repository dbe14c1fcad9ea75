package dev.stele.git.trap;

import dev.stele.git.testing.WorkTree;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Names that are awkward, and rules about names. */
final class Names {

    static final List<Trap> TRAPS =
            List.of(
                    Trap.sameTree("names with signs of every kind", Names::strange),
                    Trap.sameTree("names in no encoding", Names::raw),
                    Trap.sameTree("names that differ in case or form alone", Names::alike),
                    Trap.sameTree("ignore files of every kind", Names::rules),
                    Trap.sameTree("patterns of every kind", Names::patterns),
                    Trap.sameTree("an ignore file that is a link", Names::linkedRules),
                    Trap.sameTree("tracked files that are ignored", Names::trackedAndIgnored));

    private Names() {}

    private static void strange(WorkTree tree) {
        for (String name :
                List.of(
                        "new\nline",
                        "tab\tquote\"",
                        "back\\slash",
                        " blank ",
                        "日本",
                        "😀",
                        "-dash",
                        "*",
                        "a b/c d",
                        "x\r",
                        "%41",
                        "..x",
                        "'",
                        "CON",
                        ".stele",
                        "\u0001\u007F",
                        "n".repeat(255))) {
            tree.write("names/" + name, "content of " + name.length());
        }
        tree.git().run("add", "-A");
        tree.write("names/new\nline", "changed");
    }

    private static void raw(WorkTree tree) {
        var made =
                tree.git()
                        .process(
                                "sh",
                                "-c",
                                "printf x > \"$(printf 'b\\377\\376d')\"; mkdir \"$(printf"
                                        + " 'd\\200')\"; printf y > \"$(printf 'd\\200/\\360')\"; ln -s"
                                        + " \"$(printf '\\301')\" \"$(printf 'l\\303')\"");
        if (made.code() != 0) {
            throw new AssertionError(made.errors());
        }
    }

    private static void alike(WorkTree tree) {
        tree.write("Case", "1").write("case", "2").write("CASE/x", "3").write("Dir/b.txt", "4");
        tree.write("caf\u00E9", "composed").write("cafe\u0301", "decomposed");
        tree.git().run("add", "-A");
        tree.write("case", "changed").write("cafe\u0301", "changed");
    }

    private static void rules(WorkTree tree) throws Exception {
        Path user = tree.root().resolveSibling("user-ignores");
        Files.writeString(user, "*.user\n");
        tree.git().run("config", "core.excludesFile", user.toString());
        tree.write(".git/info/exclude", "*.ignored\n*.own\n!special.user\n");
        tree.write("dir/.gitignore", "!b.own\n/c\n").write(".gitignore", "*.log\nbuild/\n");
        tree.write("x.user", "").write("special.user", "").write("x.own", "");
        tree.write("dir/b.own", "").write("dir/c", "").write("c", "").write("dir/sub/c", "");
        tree.write("build/out", "").write("dir/build/out", "").write("x.log", "");
    }

    private static void patterns(WorkTree tree) {
        tree.write(
                ".gitignore",
                "**/deep-a\nb/**\n!b/keep\nc/**/d\ntrailing \nescaped\\ \n\\!bang\n\\#hash\n[!x]q\n"
                        + "/top\nmid/dle\n*.[oa]\n!keep.o\nwild?card\nonly-dir/\n");
        for (String path :
                List.of(
                        "p/deep-a",
                        "deep-a",
                        "b/x",
                        "b/keep",
                        "c/1/2/d",
                        "c/d",
                        "c/e",
                        "trailing",
                        "trailing ",
                        "escaped ",
                        "escaped",
                        "!bang",
                        "#hash",
                        "xq",
                        "yq",
                        "top",
                        "sub/top",
                        "mid/dle",
                        "sub/mid/dle",
                        "x.o",
                        "x.a",
                        "keep.o",
                        "wild1card",
                        "wildcard",
                        "only-dir/x",
                        "p/only-dir")) {
            tree.write(path, path);
        }
    }

    private static void linkedRules(WorkTree tree) {
        tree.write("rules", "*.log\n").link(".gitignore", "rules").write("x.log", "not ignored");
    }

    private static void trackedAndIgnored(WorkTree tree) {
        tree.write("tracked.log", "log").write("build/tracked", "kept").commit("tracked");
        tree.write(".gitignore", "*.log\nbuild/\n").write("build/out", "o").write("x.log", "x");
        tree.write("tracked.log", "changed");
    }
}

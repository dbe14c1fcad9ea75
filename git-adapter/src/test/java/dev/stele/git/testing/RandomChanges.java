package dev.stele.git.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/** Changes of a working tree, drawn at random. */
public final class RandomChanges {

    private static final String[] NAMES = {
        "a", "b", "c.log", "d", "e é", "f.tmp", "g", "n\nl", "A", "e\u0301"
    };
    private static final String[] RULES = {
        "*.log", "*.tmp", "/a", "b/", "!c.log", "**/d", "e*", "a/b", "!a/", "g/**"
    };

    private RandomChanges() {}

    /**
     * Changes something in a tree.
     *
     * @return what was done, for messages
     */
    public static String change(WorkTree tree, Random random) throws IOException {
        Path path = anyPath(tree, random);
        String shown = tree.root().relativize(path).toString();
        return switch (random.nextInt(14)) {
            case 0, 1, 2 -> told("write " + shown, writeInto(path, "x".repeat(random.nextInt(4))));
            case 3 -> told("edit " + shown, sameSizeEdit(path));
            case 4 -> told("delete " + shown, delete(path));
            case 5 -> told("link " + shown, linkInto(path, NAMES[random.nextInt(NAMES.length)]));
            case 6 -> told("chmod " + shown, chmod(tree, path, random.nextBoolean()));
            case 7 -> {
                String rules = rule(random) + rule(random);
                yield told(
                        "rules beside " + shown + ": " + rules,
                        writeInto(path.resolveSibling(".gitignore"), rules));
            }
            case 8 -> {
                Path to = anyPath(tree, random);
                yield told("move " + shown + " to " + to, move(path, to));
            }
            case 9 -> git(tree, "add", "-f", shown) + withoutModules(tree);
            case 10 -> git(tree, "rm", "-r", "-q", "--cached", shown);
            case 11 -> told("repository in " + shown, repository(path, random.nextBoolean()));
            case 12 -> told("no repository in " + shown, noRepository(path));
            default ->
                    git(tree, "add", "-A")
                            + withoutModules(tree)
                            + git(tree, "commit", "-q", "-m", "some");
        };
    }

    private static String told(String what, boolean done) {
        return done ? what : "-";
    }

    private static String git(WorkTree tree, String... arguments) {
        return tree.git().attempt(arguments).code() == 0 ? String.join(" ", arguments) : "-";
    }

    /** Git would make submodules of the repositories in the tree; they are to stay strangers. */
    private static String withoutModules(WorkTree tree) {
        String script =
                "git ls-files -s -z | grep -z '^160000' | cut -z -f2 |"
                        + " git update-index -z --force-remove --stdin";
        tree.git().process("sh", "-c", script);
        return "";
    }

    private static String rule(Random random) {
        return RULES[random.nextInt(RULES.length)] + "\n";
    }

    private static boolean chmod(WorkTree tree, Path path, boolean executable) {
        boolean possible = Files.isRegularFile(path);
        if (possible) {
            tree.executable(tree.root().relativize(path).toString(), executable);
        }
        return possible;
    }

    /** Every other time something that is there. */
    private static Path anyPath(WorkTree tree, Random random) throws IOException {
        List<Path> known = random.nextBoolean() ? known(tree) : List.of();
        return known.isEmpty() ? anyName(tree, random) : known.get(random.nextInt(known.size()));
    }

    private static List<Path> known(WorkTree tree) throws IOException {
        try (Stream<Path> walk = Files.walk(tree.root())) {
            return walk.filter(path ->
                            !path.equals(tree.root())
                                    && !(path + "/").contains("/.git/")
                                    && !path.endsWith(".gitignore"))
                    .sorted()
                    .toList();
        }
    }

    private static Path anyName(WorkTree tree, Random random) {
        Path path = tree.root();
        for (int depth = 1 + random.nextInt(3); depth > 0; depth--) {
            path = path.resolve(NAMES[random.nextInt(NAMES.length)]);
        }
        return path;
    }

    private static boolean hasRoomFor(Path path) {
        for (Path up = path.getParent(); up != null; up = up.getParent()) {
            if (Files.isSymbolicLink(up) || Files.isRegularFile(up)) {
                return false;
            }
        }
        return !Files.isSymbolicLink(path) && !Files.isDirectory(path);
    }

    private static boolean writeInto(Path path, String content) throws IOException {
        if (!hasRoomFor(path)) {
            return false;
        }
        Files.createDirectories(path.getParent());
        Files.writeString(path, content);
        return true;
    }

    private static boolean linkInto(Path path, String target) throws IOException {
        if (!hasRoomFor(path) || Files.exists(path)) {
            return false;
        }
        Files.createDirectories(path.getParent());
        Files.createSymbolicLink(path, Path.of(target));
        return true;
    }

    /** Makes a repository of a directory that is in none below the top. */
    private static boolean repository(Path path, boolean withCommit) throws IOException {
        if (!hasRoomFor(path) || Files.exists(path)) {
            return false;
        }
        WorkTree nested = WorkTree.init(path).write("inner", "inner").write("x.log", "inner");
        if (withCommit) {
            nested.commit("inner");
        }
        return true;
    }

    /** What was in a repository of its own is in the one around it from now on. */
    private static boolean noRepository(Path path) throws IOException {
        Path gitDir = path.resolve(".git");
        return Files.isDirectory(gitDir) && hasRoomFor(path.resolve("none")) && delete(gitDir);
    }

    private static boolean move(Path from, Path to) throws IOException {
        boolean possible =
                Files.exists(from)
                        && hasRoomFor(to)
                        && !Files.exists(to)
                        && !to.startsWith(from)
                        && hasRoomFor(from.resolveSibling("none"));
        if (possible) {
            Files.createDirectories(to.getParent());
            Files.move(from, to);
        }
        return possible;
    }

    private static boolean sameSizeEdit(Path path) throws IOException {
        if (!Files.isRegularFile(path) || !hasRoomFor(path)) {
            return false;
        }
        FileTime time = Files.getLastModifiedTime(path);
        byte[] content = Files.readAllBytes(path);
        for (int i = 0; i < content.length; i++) {
            content[i]++;
        }
        Files.write(path, content);
        Files.setLastModifiedTime(path, time);
        return true;
    }

    private static boolean delete(Path path) throws IOException {
        if (!Files.exists(path) || !hasRoomFor(path.resolveSibling("none"))) {
            return false;
        }
        try (Stream<Path> below = Files.walk(path)) {
            List<Path> all = new ArrayList<>(below.toList());
            Collections.reverse(all);
            for (Path each : all) {
                Files.delete(each);
            }
        }
        return true;
    }
}

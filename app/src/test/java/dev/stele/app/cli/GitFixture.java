package dev.stele.app.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** A repository as people have them: committed, staged, edited, untracked and ignored files. */
record GitFixture(Path directory) {

    static GitFixture create(Path directory) throws Exception {
        Files.createDirectories(directory);
        var git = new GitFixture(directory.toRealPath());
        git.git("init", "-q", "-b", "main");
        git.git("config", "user.name", "Someone");
        git.git("config", "user.email", "someone@example.org");
        git.write(".gitignore", "build/\n*.log\n");
        git.write("README.md", "# demo\n");
        git.write("src/Main.java", "class Main {}\n");
        git.git("add", "-A");
        git.git("commit", "-q", "-m", "first");
        git.write("src/Main.java", "class Main { int staged; }\n");
        git.git("add", "src/Main.java");
        git.write("README.md", "# demo\nedited, not staged\n");
        git.write("notes/todo.txt", "untracked\n");
        git.write("build/output.bin", "ignored\n");
        git.write("debug.log", "ignored too\n");
        return git;
    }

    void write(String path, String content) throws IOException {
        Path file = directory.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);
    }

    String read(String path) throws IOException {
        return Files.readString(directory.resolve(path));
    }

    /** What git prints; fails when git does. */
    String git(String... arguments) throws Exception {
        List<String> words = new ArrayList<>(List.of("git", "-C", directory.toString()));
        words.addAll(List.of(arguments));
        var builder = new ProcessBuilder(words).redirectErrorStream(true);
        // To look must not change: 'git status' would write its own times into the index.
        builder.environment().put("GIT_OPTIONAL_LOCKS", "0");
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException(words + " failed: " + output);
        }
        return output;
    }

    /** All files but git's own, by path, with their content. */
    Map<String, String> files() throws IOException {
        var files = new TreeMap<String, String>();
        try (Stream<Path> paths = Files.walk(directory)) {
            for (Path path : paths.filter(Files::isRegularFile).toList()) {
                String name = directory.relativize(path).toString();
                if (!name.startsWith(".git/")) {
                    files.put(name, Files.readString(path));
                }
            }
        }
        return files;
    }

    /** The index to the byte: what is staged, and how. */
    String index() throws IOException {
        return HexFormat.of()
                .formatHex(Files.readAllBytes(directory.resolve(".git").resolve("index")));
    }

    /** All that belongs to the user and that nobody else may change. */
    String usersOwn() throws Exception {
        return String.join(
                "\n--\n",
                git("status", "--porcelain=v2", "--branch"),
                git("rev-parse", "HEAD"),
                git("ls-files", "--stage"),
                git("for-each-ref", "refs/heads", "refs/tags", "refs/remotes"),
                Files.readString(directory.resolve(".git").resolve("config")));
    }

    /** The files that a commit holds, by path, with their content. */
    String tree(String revision) throws Exception {
        var files = new StringBuilder();
        for (String path : git("ls-tree", "-r", "--name-only", revision).lines().toList()) {
            files.append(path).append('\n').append(git("show", revision + ":" + path));
        }
        return files.toString();
    }
}

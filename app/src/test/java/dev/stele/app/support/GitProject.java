package dev.stele.app.support;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A real repository in a folder, looked at with git's own command. */
public final class GitProject {
    private final Path directory;

    private GitProject(Path directory) {
        this.directory = directory;
    }

    /** A new repository with one commit: a tracked file and a rule to ignore logs. */
    public static GitProject in(Path directory) throws IOException {
        var project = new GitProject(Files.createDirectories(directory));
        project.git("init", "--quiet", "--initial-branch=main");
        project.git("config", "user.name", "Ada");
        project.git("config", "user.email", "ada@example.org");
        project.write("tracked.txt", "tracked\n").write(".gitignore", "*.log\n");
        project.git("add", "--all");
        project.git("commit", "--quiet", "--message=Begin");
        return project;
    }

    /** One that is there already. */
    public static GitProject at(Path directory) {
        return new GitProject(directory);
    }

    /** Its directory. */
    public Path directory() {
        return directory;
    }

    /** Writes a file. */
    public GitProject write(String path, String text) throws IOException {
        Path file = directory.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
        return this;
    }

    /** The text of every file in the tree of a revision. */
    public Map<String, String> tree(String revision) {
        var files = new TreeMap<String, String>();
        for (String path : git("ls-tree", "-r", "--name-only", revision).lines().toList()) {
            files.put(path, git("cat-file", "blob", revision + ":" + path));
        }
        return files;
    }

    /** All that a person could notice of a change: branch, index and files. */
    public String state() {
        return git("symbolic-ref", "HEAD")
                + git("rev-parse", "HEAD")
                + git("ls-files", "--stage")
                + git("status", "--porcelain", "--ignored");
    }

    /** Runs git here; what it prints. */
    public String git(String... arguments) {
        var command = new ArrayList<>(List.of("git", "-C", directory.toString()));
        command.addAll(List.of(arguments));
        try {
            Process git = new ProcessBuilder(command).redirectErrorStream(true).start();
            String output = new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (git.waitFor() != 0) {
                throw new AssertionError(command + ": " + output);
            }
            return output;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}

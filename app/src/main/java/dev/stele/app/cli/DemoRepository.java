package dev.stele.app.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A small git repository for the demo, as {@code git init} would make it: the files and folders
 * that git asks of a repository (gitrepository-layout), and something to look at.
 */
final class DemoRepository {

    private DemoRepository() {}

    /** Makes it in a directory that is there and empty. */
    static void create(Path directory) throws IOException {
        Path git = directory.resolve(".git");
        Files.createDirectories(git.resolve("objects").resolve("info"));
        Files.createDirectories(git.resolve("objects").resolve("pack"));
        Files.createDirectories(git.resolve("refs").resolve("heads"));
        Files.writeString(git.resolve("HEAD"), "ref: refs/heads/main\n");
        Files.writeString(
                git.resolve("config"),
                """
                [core]
                \trepositoryformatversion = 0
                \tfilemode = true
                \tbare = false
                """);
        Files.writeString(directory.resolve(".gitignore"), "build/\n");
        Files.writeString(
                directory.resolve("README.md"),
                "# A throw-away project\n\nMade by `stele demo`. Delete it whenever you like.\n");
        Path build = Files.createDirectories(directory.resolve("build"));
        Files.writeString(build.resolve("output.txt"), "ignored by git, and by checkpoints\n");
    }
}

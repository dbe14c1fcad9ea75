package dev.stele.app.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A small git repository for the demo, as {@code git init} would make it: the files and folders
 * that git asks of a repository (gitrepository-layout), and something to work on. Beside it lies
 * the script that the demo's agent plays.
 */
final class DemoRepository {

    private static final String CONFIG =
            """
            [core]
            \trepositoryformatversion = 0
            \tfilemode = true
            \tbare = false
            \thooksPath = .git/hooks
            [user]
            \tname = Stele's demo
            \temail = demo@stele.invalid
            [commit]
            \tgpgSign = false
            """;

    private static final String SCRIPT =
            """
            {"steps": [
              {"say": "I am a scripted agent: I play a fixed script, without any model. ",
               "chunk": 9, "everyMillis": 20},
              {"read": "greet.sh"},
              {"think": "That is one letter short.", "chunk": 9, "everyMillis": 20},
              {"say": "There is a letter missing in greet.sh. May I put it in?",
               "chunk": 9, "everyMillis": 20},
              {"edit": "greet.sh", "old": "Helo", "new": "Hello"},
              {"say": "Now I would like to try it.", "chunk": 9, "everyMillis": 20},
              {"run": "sh greet.sh"},
              {"say": "It greets as it should.", "chunk": 9, "everyMillis": 20}
            ]}
            """;

    private DemoRepository() {}

    /** Where the repository is. */
    static Path in(Path place) {
        return place.resolve("project");
    }

    /** The name of the demo's agent. */
    static String agent(Path place) {
        return "scripted:" + place.resolve("agent.json");
    }

    /** Makes all of it in a directory that is there and empty. */
    static void create(Path place) throws IOException {
        Path project = in(place);
        Path git = project.resolve(".git");
        Files.createDirectories(git.resolve("objects").resolve("info"));
        Files.createDirectories(git.resolve("objects").resolve("pack"));
        Files.createDirectories(git.resolve("refs").resolve("heads"));
        Files.writeString(git.resolve("HEAD"), "ref: refs/heads/main\n");
        Files.writeString(git.resolve("config"), CONFIG);
        Files.writeString(place.resolve("agent.json"), SCRIPT);
        Files.writeString(project.resolve(".gitignore"), "build/\n");
        Files.writeString(
                project.resolve("README.md"),
                "# A throw-away project\n\nMade by `stele demo`. Delete it whenever you like.\n");
        Files.writeString(
                project.resolve("greet.sh"), "#!/bin/sh\nname=world\necho \"Helo, $name!\"\n");
        Path build = Files.createDirectories(project.resolve("build"));
        Files.writeString(build.resolve("output.txt"), "ignored by git, and by checkpoints\n");
    }
}

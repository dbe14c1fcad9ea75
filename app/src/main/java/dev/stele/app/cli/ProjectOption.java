package dev.stele.app.cli;

import java.nio.file.Path;
import picocli.CommandLine.Option;

/** Where a command works when no thread is named. */
final class ProjectOption {

    @Option(
            names = "--project",
            paramLabel = "DIR",
            defaultValue = ".",
            description = "The directory to work in; else this one.")
    private Path directory = Path.of(".");

    Path directory() {
        return directory;
    }
}

package dev.stele.app.cli;

import dev.stele.app.Stele;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code stele record}: runs an agent as {@code stele run} does, and writes down the wire. */
@Command(
        name = "record",
        description = {
            "Prompts an agent as 'stele run' does, and writes all that goes over its wire into a",
            "file, without its secrets. --agent replay:FILE plays the file again."
        })
final class RecordCommand extends RunCommand {

    @Option(
            names = "--to",
            paramLabel = "FILE",
            required = true,
            description = "A new file for the recording.")
    private @Nullable Path file;

    @Override
    Stele.Builder with(Stele.Builder builder) {
        Path recording = Objects.requireNonNull(file).toAbsolutePath();
        if (Files.exists(recording)) {
            throw usage("The file %s is there already: name another one.".formatted(recording));
        }
        if (recording.getParent() == null || !Files.isDirectory(recording.getParent())) {
            throw usage("The directory of %s is not there: make it first.".formatted(recording));
        }
        return builder.attach(false)
                .recording(recording); // the wire is in the process of the agent
    }
}

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
            "Prompts an agent as 'stele run' does, and records what goes over its wire.",
            "The file has no secrets of Stele's environment in it; read it all the same before you"
                    + " give it away. --agent replay:FILE plays it again."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  stele record --to run.jsonl --agent gemini \"say hello\"",
            "  stele run --agent replay:run.jsonl \"say hello\""
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

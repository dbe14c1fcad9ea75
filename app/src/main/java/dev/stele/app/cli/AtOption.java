package dev.stele.app.cli;

import dev.stele.domain.model.OrchestrationReadModel;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/** {@code --at}: what is shown is how it stood at a place in the log. */
final class AtOption {

    @Spec(Target.MIXEE)
    private @Nullable CommandSpec command;

    @Option(
            names = "--at",
            paramLabel = "N",
            description = "As it stood when the log had N facts ('stele log' shows their places).")
    private @Nullable Long at;

    /** The model as it is, or as it stood at the place that was asked for. */
    OrchestrationReadModel model(Archive archive, Console console) {
        OrchestrationReadModel newest = archive.model();
        Long place = at;
        if (place == null) {
            return newest;
        }
        if (place < 0 || place > newest.sequence()) {
            throw new ParameterException(
                    Objects.requireNonNull(command).commandLine(),
                    "--at is a place from 0 to "
                            + newest.sequence()
                            + ", where the log ends; it has none at "
                            + place
                            + ".");
        }
        return archive.feed().modelAt(place, new ReplayProgress(console));
    }
}

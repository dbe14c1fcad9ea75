package dev.stele.app.cli;

import dev.stele.domain.compact.Absorption;
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
        tellWhatIsMerged(archive.feed().absorptionAt(place), console);
        return archive.feed().modelAt(place, new ReplayProgress(console));
    }

    /** A message that was merged is there with all its pieces. */
    private static void tellWhatIsMerged(@Nullable Absorption merged, Console console) {
        if (merged != null) {
            console.note(
                    "The log was compacted, and the state at "
                            + merged.sequence()
                            + " is not kept: this is the nearest one, "
                            + (merged.into() == 0
                                    ? "without what was said in deleted threads."
                                    : "with what was said up to " + merged.until() + "."));
        }
    }
}

package dev.stele.app.cli;

import dev.stele.domain.port.CheckpointReport;
import dev.stele.domain.port.CheckpointReport.Finding;
import dev.stele.domain.port.CheckpointReport.Place;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** {@code stele doctor}: how the checkpoints are, and the room that they take. */
@Command(
        name = "doctor",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        sortOptions = false,
        description = {
            "Shows how the checkpoints of all projects are, and the disk that they use.",
            "Looks for what crashes leave in repositories: empty and dangling refs, old locks,"
                    + " unfinished packs. Only what is Stele's own is ever touched."
        })
final class DoctorCommand extends LookingCommand {

    @ParentCommand private @Nullable SteleCommand stele;

    @Option(names = "--repair", description = "Removes what was left behind.")
    private boolean repair;

    @Override
    @Nullable SteleCommand parent() {
        return stele;
    }

    @Override
    void print(Archive archive, Console console, boolean json) {
        CheckpointReport report = archive.changes().checkpoints(repair);
        if (json) {
            console.bytes(archive.codec().encode(report));
            return;
        }
        if (report.places().isEmpty()) {
            console.note("There are no projects yet; 'stele run' makes one of a directory.");
        }
        report.places().forEach(place -> tell(place, console));
        if (!repair && report.places().stream().anyMatch(DoctorCommand::canBeRepaired)) {
            console.note("To remove what was left behind: stele doctor --repair");
        }
    }

    private static boolean canBeRepaired(Place place) {
        return place.findings().stream()
                .anyMatch(finding -> finding.kind() != CheckpointReport.Kind.MISSING_REF);
    }

    private static void tell(Place place, Console console) {
        console.line(console.styled(Style.BOLD, SafeText.line(place.directory(), 500)));
        if (place.failure() != null) {
            console.line("  " + console.styled(Style.RED, SafeText.line(place.failure(), 1_000)));
            return;
        }
        Long bytes = place.bytes();
        console.line(
                "  "
                        + Phrases.count(place.refs(), "checkpoint")
                        + (bytes == null ? "" : ", " + Phrases.size(bytes) + " on the disk"));
        if (place.strangers() > 0) {
            console.line(
                    "  "
                            + place.strangers()
                            + " of them belong to threads that this home does not know; they are"
                            + " left alone");
        }
        place.findings().forEach(finding -> console.line("  " + line(finding, console)));
        if (place.findings().isEmpty()) {
            console.line("  " + console.styled(Style.GREEN, "nothing is wrong"));
        }
    }

    private static String line(Finding finding, Console console) {
        String what =
                switch (finding.kind()) {
                    case EMPTY_REF -> "empty ref ";
                    case DANGLING_REF -> "dangling ref ";
                    case OLD_LOCK -> "old lock ";
                    case UNFINISHED_PACK -> "unfinished pack ";
                    case MISSING_REF -> "the ref of a checkpoint is gone: ";
                };
        return console.styled(Style.YELLOW, what)
                + SafeText.line(finding.name(), 500)
                + (finding.repaired() ? " (removed)" : "");
    }
}

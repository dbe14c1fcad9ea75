package dev.stele.app.cli;

import dev.stele.domain.port.CheckpointReport;
import dev.stele.domain.port.CheckpointReport.Finding;
import dev.stele.domain.port.CheckpointReport.Place;
import java.util.stream.Stream;
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
            "Looks for what crashes leave: empty, dangling and needless refs, old locks and files,"
                    + " unfinished packs. Only what is Stele's own is ever touched.",
            "Checkpoints in your repository are ordinary git objects: git packs them and, once they"
                    + " were thinned out, gives their room back ('git gc'). Stele never runs that."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:examined, also when something is wrong"})
final class DoctorCommand extends LookingCommand {

    @ParentCommand private @Nullable SteleCommand stele;

    @Option(
            names = "--repair",
            description = "Removes what was left behind, and packs Stele's own repositories anew.")
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
        if (!report.home().isEmpty()) {
            console.line(console.styled(Style.BOLD, "Stele's own directory"));
            report.home().forEach(finding -> console.line("  " + line(finding, console)));
        }
        boolean left =
                Stream.concat(
                                report.places().stream().flatMap(one -> one.findings().stream()),
                                report.home().stream())
                        .anyMatch(DoctorCommand::canBeRepaired);
        if (left) {
            console.note(
                    repair
                            ? "What is left is for the process that works in this home."
                            : "To put that right: stele doctor --repair");
        }
    }

    private static boolean canBeRepaired(Finding finding) {
        return !finding.repaired() && finding.kind() != CheckpointReport.Kind.MISSING_REF;
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
                        + (bytes == null ? "" : ", " + Phrases.size(bytes) + " on the disk")
                        + (place.own() ? ", in a repository of Stele's own" : ""));
        if (place.thinned() > 0) {
            console.line(
                    "  "
                            + Phrases.count(place.thinned(), "older one")
                            + " thinned out"
                            + (place.own() ? "" : "; 'git gc' gives their room back in time"));
        }
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

    private static String done(Finding finding) {
        return switch (finding.kind()) {
            case MANY_PACKS -> " (made one)";
            case MOVED_WORKTREE -> " (put back)";
            case EMPTY_REF,
                    DANGLING_REF,
                    OLD_LOCK,
                    UNFINISHED_PACK,
                    MISSING_REF,
                    NEEDLESS_REF,
                    OLD_FILE ->
                    " (removed)";
        };
    }

    private static String line(Finding finding, Console console) {
        String what =
                switch (finding.kind()) {
                    case EMPTY_REF -> "empty ref ";
                    case DANGLING_REF -> "dangling ref ";
                    case OLD_LOCK -> "old lock ";
                    case UNFINISHED_PACK -> "unfinished pack ";
                    case MISSING_REF -> "the ref of a checkpoint is gone: ";
                    case NEEDLESS_REF -> "needless ref ";
                    case MANY_PACKS -> "many packs ";
                    case OLD_FILE -> "old file ";
                    case MOVED_WORKTREE -> "worktree moved aside ";
                };
        return console.styled(Style.YELLOW, what)
                + SafeText.line(finding.name(), 500)
                + (finding.repaired() ? done(finding) : "");
    }
}

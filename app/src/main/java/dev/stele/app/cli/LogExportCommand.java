package dev.stele.app.cli;

import dev.stele.app.error.FileTrouble;
import dev.stele.app.report.LogReports;
import dev.stele.domain.port.LogAdministration;
import dev.stele.domain.port.LogHead;
import dev.stele.domain.port.StoreException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code stele log export}: the log as text. */
@Command(
        name = "export",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = {
            "Writes the log as lines of JSON.",
            "They are its events with their hashes, the answers that commands got, and how far"
                    + " agents were heard. The chain is checked on the way. Works while somebody"
                    + " works in the home.",
            "'stele log import' makes an equal log of it. An export that came to no end has no end"
                    + " line, and is not taken."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:all of it was written, into a file also synced to the disk",
            "1:it could not be written to its end; a file is not there then",
            "2:there is a file of that name",
            "4:there is no log, or it cannot be read",
            "6:the log is damaged; a file is not there then"
        })
final class LogExportCommand extends LogCareCommand {

    private static final Path STANDARD_OUTPUT = Path.of("-");

    @Parameters(
            paramLabel = "FILE",
            arity = "0..1",
            defaultValue = "-",
            description = "A new file, for your eyes only; else, or with -, standard output.")
    private Path file = STANDARD_OUTPUT;

    @Option(
            names = "--despite-damage",
            description = {
                "Writes what can be read of a damaged log; lines tell what is lost. An import of"
                        + " it is opened like the damaged log, and without the damage to its file."
            })
    private boolean despiteDamage;

    @Override
    ExitCode care(Console console, boolean json) {
        LogAdministration log = log();
        boolean toFile = !file.equals(STANDARD_OUTPUT);
        if (toFile && Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            throw usage("There is something at " + file + " already; name a new file.");
        }
        var progress = new ReplayProgress(console, "exporting");
        try {
            LogHead head =
                    toFile
                            ? NewFile.write(file, out -> export(log, out, progress))
                            : export(log, console.results(), progress);
            tell(head, toFile, console, json);
            return ExitCode.OK;
        } catch (IOException e) {
            console.error(
                    SafeText.of(
                            "The export cannot be written to "
                                    + (toFile ? file.toString() : "standard output")
                                    + ": "
                                    + FileTrouble.reason(e)
                                    + "."));
            return ExitCode.FAILED;
        }
    }

    private LogHead export(LogAdministration log, OutputStream out, ReplayProgress progress)
            throws IOException {
        try {
            return despiteDamage ? log.salvageTo(out, progress) : log.exportTo(out, progress);
        } catch (StoreException.Damaged e) {
            throw despiteDamage
                    ? e
                    : new StoreException.Damaged(
                            e.getMessage()
                                    + " Without one, --despite-damage writes what can be read.",
                            e);
        }
    }

    private void tell(LogHead head, boolean toFile, Console console, boolean json) {
        if (toFile && json) {
            LogJson.print(LogReports.head(head), console);
        } else {
            String events = Phrases.count(head.sequence(), "event");
            console.note(events + " exported" + (toFile ? " to " + file : ""));
        }
    }
}

package dev.stele.app.cli;

import dev.stele.app.report.LogReports;
import dev.stele.domain.port.LogAdministration;
import dev.stele.domain.port.LogHead;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code stele log backup}: a copy of the log. */
@Command(
        name = "backup",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = {
            "Copies the log into a new file, and prints the head of the copy.",
            "The copy is verified. Works while somebody works in the home. To go back to a backup,"
                    + " put it into a home as stele.db, with nothing of an older log beside it.",
            "Checkpoints are not in the log: they are in your repositories, and those of"
                    + " directories in no repository in the folder 'git' of the home."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:the copy is whole, sound and on the disk",
            "2:there is a file of that name",
            "4:the log cannot be read, or the copy not written; there is none",
            "6:the log is damaged; there is no copy"
        })
final class LogBackupCommand extends LogCareCommand {

    @Parameters(paramLabel = "FILE", description = "The copy; nothing is there yet.")
    private Path file = Path.of("");

    @Override
    ExitCode care(Console console, boolean json) {
        LogAdministration log = log();
        if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            throw usage("There is something at " + file + " already; name a new file.");
        }
        console.note(console.styled(Style.DIM, "copying the log …"));
        LogHead head = log.backup(file, new ReplayProgress(console, "checking the copy"));
        if (json) {
            LogJson.print(LogReports.head(head), console);
        } else {
            console.line(head.token());
            console.note(Phrases.count(head.sequence(), "event") + " copied to " + file);
        }
        return ExitCode.OK;
    }
}

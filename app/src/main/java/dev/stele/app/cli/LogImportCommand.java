package dev.stele.app.cli;

import dev.stele.app.config.SharedLog;
import dev.stele.app.config.SteleHome;
import dev.stele.app.error.FileTrouble;
import dev.stele.app.report.LogReports;
import dev.stele.domain.port.LogHead;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code stele log import}: a log out of its text. */
@Command(
        name = "import",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = {
            "Makes the log of a new home out of an export: stele --home NEW log import FILE",
            "It has the same events, hashes and answers as the log that 'stele log export' wrote,"
                    + " and the same head, which is printed. Every line is checked; all of it is"
                    + " imported, or nothing."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:imported",
            "1:the export cannot be read",
            "2:there is no such file",
            "4:nothing was imported: the lines are no whole, unchanged export, or the log cannot"
                    + " be written",
            "5:refused: the home has a log"
        })
final class LogImportCommand extends LogCareCommand {

    @Parameters(paramLabel = "FILE", description = "The export; with - standard input.")
    private Path file = Path.of("-");

    @Override
    ExitCode care(Console console, boolean json) {
        SteleHome home = home();
        if (store() == null && Files.exists(home.store())) {
            console.error(
                    "There is a log in "
                            + home.root()
                            + " already, and an import makes a new one. Name a home without one:"
                            + " stele --home DIR log import FILE");
            return ExitCode.REFUSED;
        }
        try (InputStream in = open()) {
            home.create();
            var progress = new ReplayProgress(console, "importing");
            tell(builder().administration().importFrom(in, progress), console, json);
            return ExitCode.OK;
        } catch (IOException e) {
            console.error(SafeText.of("The export cannot be read: " + FileTrouble.reason(e) + "."));
            return ExitCode.FAILED;
        }
    }

    private InputStream open() throws IOException {
        if (file.equals(Path.of("-"))) {
            return System.in;
        }
        if (!Files.isReadable(file) || Files.isDirectory(file)) {
            throw usage("There is no file " + file + " that can be read.");
        }
        return Files.newInputStream(file);
    }

    private void tell(LogHead head, Console console, boolean json) {
        if (json) {
            LogJson.print(LogReports.head(head), console);
        } else {
            console.line(head.token());
            String events = Phrases.count(head.sequence(), "event");
            SharedLog store = store();
            console.note(
                    events + " imported into " + (store == null ? home().root() : store.address()));
        }
    }
}

package dev.stele.app.cli;

import dev.stele.domain.port.LogStats;
import picocli.CommandLine.Command;

/** {@code stele log stats}: what the log holds, and the room that it takes. */
@Command(
        name = "stats",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = {
            "Prints what the log holds by types of events, and the room that it takes.",
            "Reads the whole log, and checks nothing; that is what 'stele log verify' is for."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:printed",
            "4:there is no log, or it cannot be read",
            "6:the log is so damaged that it cannot be counted"
        })
final class LogStatsCommand extends LogCareCommand {

    @Override
    ExitCode care(Console console, boolean json) {
        LogStats stats = log().stats();
        var display = new LogStatsDisplay(console);
        if (json) {
            display.json(stats);
        } else {
            display.print(stats);
        }
        return ExitCode.OK;
    }
}

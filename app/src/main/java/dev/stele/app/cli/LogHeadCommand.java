package dev.stele.app.cli;

import dev.stele.app.report.LogReports;
import dev.stele.domain.port.LogHead;
import picocli.CommandLine.Command;

/** {@code stele log head}: what stands for the whole log. */
@Command(
        name = "head",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = {
            "Prints where the log ends and the hash that stands for all of it, in one word.",
            "Keep it where the log is not: 'stele log verify --expect HEAD' then finds out when"
                    + " the log was cut, or replaced whole. It tells nothing of what is in the log."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:printed",
            "4:there is no log, or it cannot be read",
            "6:the log is so damaged that it does not tell"
        })
final class LogHeadCommand extends LogCareCommand {

    @Override
    ExitCode care(Console console, boolean json) {
        LogHead head = log().head();
        if (json) {
            LogJson.print(LogReports.head(head), console);
        } else {
            console.line(head.token());
        }
        return ExitCode.OK;
    }
}

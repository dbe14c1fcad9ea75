package dev.stele.app.cli;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.UsageMessageSpec;

/** What a command or an option does, in one sentence without its full stop. */
final class Summary {

    private Summary() {}

    static String of(CommandSpec command) {
        UsageMessageSpec usage = command.usageMessage();
        return of(usage.header().length == 0 ? usage.description() : usage.header());
    }

    static String of(String[] description) {
        String text = String.join(" ", description);
        int end = text.indexOf(". ");
        return (end < 0 ? text : text.substring(0, end)).replaceAll("\\.$", "");
    }
}

package dev.stele.app.cli;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** {@code stele queue list}: the prompts that wait, as without a word behind it. */
@Command(
        name = "list",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = "Lists the prompts that wait.")
final class QueueListCommand extends LookingCommand {

    @ParentCommand private @Nullable QueueCommand queue;

    @Option(
            names = "--thread",
            paramLabel = "ID",
            description = "Only what waits in this conversation.")
    private @Nullable String thread;

    @Override
    @Nullable SteleCommand parent() {
        return queue == null ? null : queue.parent();
    }

    @Override
    void print(Archive archive, Console console, boolean json) {
        QueueCommand.print(archive, console, json, thread);
    }
}

package dev.stele.app.cli;

import dev.stele.domain.command.OrchestrationCommand;
import dev.stele.domain.command.OrchestrationCommand.QueueCommand.MoveQueuedPrompt;
import dev.stele.domain.model.QueuedPrompt;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code stele queue move}: gives a prompt another place. */
@Command(
        name = "move",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        sortOptions = false,
        description = "Gives a prompt another place among those that wait.")
final class QueueMoveCommand extends QueueWork {

    @Parameters(
            index = "1",
            paramLabel = "PLACE",
            description = "Its new place, from 1; beyond the end is the end.")
    private int place = 1;

    @Override
    OrchestrationCommand change(QueuedPrompt prompt) {
        return new MoveQueuedPrompt(prompt.threadId(), prompt.id(), place);
    }
}

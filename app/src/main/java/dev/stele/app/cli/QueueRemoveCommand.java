package dev.stele.app.cli;

import dev.stele.domain.command.OrchestrationCommand;
import dev.stele.domain.command.OrchestrationCommand.QueueCommand.RemoveQueuedPrompt;
import dev.stele.domain.model.QueuedPrompt;
import java.time.Instant;
import picocli.CommandLine.Command;

/** {@code stele queue remove}: takes a prompt out. */
@Command(
        name = "remove",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        sortOptions = false,
        description = "Takes a prompt out: it is never said.")
final class QueueRemoveCommand extends QueueWork {

    @Override
    OrchestrationCommand change(QueuedPrompt prompt) {
        return new RemoveQueuedPrompt(prompt.threadId(), prompt.id(), Instant.now());
    }
}

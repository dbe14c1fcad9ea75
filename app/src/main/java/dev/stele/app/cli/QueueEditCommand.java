package dev.stele.app.cli;

import dev.stele.contracts.MessageContent;
import dev.stele.domain.command.OrchestrationCommand;
import dev.stele.domain.command.OrchestrationCommand.QueueCommand.EditQueuedPrompt;
import dev.stele.domain.model.QueuedPrompt;
import java.time.Instant;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code stele queue edit}: says something else in the place of a prompt. */
@Command(
        name = "edit",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        sortOptions = false,
        description =
                "Says something else in the place of a prompt that waits; its attachments go.")
final class QueueEditCommand extends QueueWork {

    @Parameters(
            index = "1..*",
            arity = "1..*",
            paramLabel = "PROMPT",
            description = "What the agent is to do.")
    private List<String> words = List.of();

    @Override
    OrchestrationCommand change(QueuedPrompt prompt) {
        String text = String.join(" ", words).strip();
        return new EditQueuedPrompt(
                prompt.threadId(),
                prompt.id(),
                List.of(new MessageContent.Text(text)),
                Instant.now());
    }
}

package dev.stele.app.cli;

import dev.stele.app.Stele;
import dev.stele.app.approval.ApprovalPolicy;
import dev.stele.contracts.TurnId;
import dev.stele.domain.command.OrchestrationCommand.QueueCommand.SendQueuedPrompt;
import dev.stele.domain.model.ChatThread;
import dev.stele.domain.model.OrchestrationReadModel;
import dev.stele.domain.model.QueuedPrompt;
import java.time.Instant;
import java.util.Comparator;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** {@code stele queue send-now}: says a prompt at once, and goes on with what waits behind it. */
@Command(
        name = "send-now",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        sortOptions = false,
        description = {
            "Says a prompt that waits at once, before all others, and goes on with the others.",
            "A turn at work is interrupted."
        })
final class QueueSendCommand implements Callable<Integer> {

    @ParentCommand private @Nullable QueueCommand queue;

    @Option(
            names = "--approve",
            paramLabel = "ask|all|none",
            completionCandidates = Choices.Approvals.class,
            defaultValue = "ask",
            description = "Who answers when the agent asks: you, always yes, always no.")
    private ApprovalPolicy.Standard approve = ApprovalPolicy.Standard.ASK;

    @Parameters(
            arity = "0..1",
            paramLabel = "ID",
            description = "The prompt; else the first of the conversation that is newest.")
    private @Nullable String id;

    @Override
    public Integer call() throws InterruptedException {
        SteleCommand command = Objects.requireNonNull(Objects.requireNonNull(queue).parent());
        Console console = command.console();
        try (Stele stele =
                command.builder().approvals(approve).onReplay(new ReplayProgress(console)).open()) {
            long before = stele.model().sequence();
            QueuedPrompt prompt = prompt(stele.model());
            stele.execute(new SendQueuedPrompt(prompt.threadId(), prompt.id(), Instant.now()));
            boolean asks = approve == ApprovalPolicy.Standard.ASK;
            return new Conversation(stele, console, command.json(), asks)
                    .follow(prompt.threadId(), prompt.id(), before)
                    .code();
        }
    }

    private QueuedPrompt prompt(OrchestrationReadModel model) {
        TurnId first = id == null ? first(model) : null;
        QueuedPrompt found = first == null ? null : model.queuedPrompt(first);
        if (id == null && found == null) {
            throw new NotFoundException("Nothing waits. Say something: stele run PROMPT");
        }
        return found == null ? Lookup.queued(model, Objects.requireNonNull(id)) : found;
    }

    private static @Nullable TurnId first(OrchestrationReadModel model) {
        return model.threads()
                .values()
                .filter(thread -> !thread.queue().isEmpty())
                .maxBy(Comparator.comparing(ChatThread::createdAt))
                .map(thread -> thread.queue().waiting().head())
                .getOrNull();
    }
}

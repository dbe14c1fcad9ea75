package dev.stele.app.cli;

import dev.stele.domain.model.ChatThread;
import dev.stele.domain.model.HoldCause;
import dev.stele.domain.model.OrchestrationReadModel;
import dev.stele.domain.model.QueuedPrompt;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** {@code stele queue}: the prompts that wait. */
@Command(
        name = "queue",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        sortOptions = false,
        synopsisSubcommandLabel = "[COMMAND]",
        subcommands = {
            QueueListCommand.class,
            QueueEditCommand.class,
            QueueMoveCommand.class,
            QueueRemoveCommand.class,
            QueueSendCommand.class
        },
        description = {
            "Lists the prompts that wait until their conversation has time for them, or changes"
                    + " what waits.",
            "'stele run --then' and 'stele run --queue' make prompts wait."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  stele run --thread THREAD --queue \"And the docs.\"    waits for its time",
            "  stele queue                                          shows what waits",
            "  stele queue send-now                                 says the first at once"
        })
final class QueueCommand extends LookingCommand {

    private static final int SHOWN = 100;

    @ParentCommand private @Nullable SteleCommand stele;

    @Option(
            names = "--thread",
            paramLabel = "ID",
            description = "Only what waits in this conversation.")
    private @Nullable String thread;

    @Override
    @Nullable SteleCommand parent() {
        return stele;
    }

    @Override
    void print(Archive archive, Console console, boolean json) {
        print(archive, console, json, thread);
    }

    static void print(Archive archive, Console console, boolean json, @Nullable String thread) {
        List<QueuedPrompt> waiting = waiting(archive.model(), thread);
        if (json) {
            waiting.forEach(prompt -> console.bytes(archive.codec().encode(prompt)));
        } else if (waiting.isEmpty()) {
            console.note("Nothing waits. stele run --then PROMPT makes a prompt wait.");
        } else {
            table(waiting).print(console);
            threads(archive.model(), thread).forEach(one -> held(one, console));
        }
    }

    private static List<QueuedPrompt> waiting(
            OrchestrationReadModel model, @Nullable String thread) {
        return threads(model, thread)
                .flatMap(one -> one.queue().waiting().toJavaStream())
                .flatMap(id -> Stream.ofNullable(model.queuedPrompt(id)))
                .toList();
    }

    private static Stream<ChatThread> threads(
            OrchestrationReadModel model, @Nullable String thread) {
        return thread != null
                ? Stream.of(Lookup.thread(model, thread))
                : model.threads()
                        .values()
                        .toJavaStream()
                        .filter(one -> !one.queue().isEmpty())
                        .sorted(Comparator.comparing(ChatThread::createdAt));
    }

    private static Table table(List<QueuedPrompt> waiting) {
        var table = new Table("ID", "THREAD", "QUEUED", "PROMPT");
        for (QueuedPrompt prompt : waiting) {
            table.row(
                    prompt.id().value(),
                    prompt.threadId().value(),
                    Phrases.time(prompt.queuedAt()),
                    SafeText.line(Phrases.words(prompt.prompt()), SHOWN));
        }
        return table;
    }

    private static void held(ChatThread thread, Console console) {
        HoldCause hold = thread.queue().hold();
        if (hold != null) {
            console.note(
                    "The queue of "
                            + thread.id()
                            + " is held, since "
                            + hold
                            + ". To go on: stele queue send-now");
        }
    }
}

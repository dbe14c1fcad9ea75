package dev.stele.app.cli;

import dev.stele.contracts.TokenUsage;
import dev.stele.domain.model.ChatThread;
import dev.stele.domain.model.OrchestrationReadModel;
import dev.stele.domain.model.ThreadUsage;
import dev.stele.domain.model.ThreadUsage.TurnUsage;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** {@code stele usage}: what agents say that they used. */
@Command(
        name = "usage",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        sortOptions = false,
        description = {
            "Tells what agents say that they used: tokens, context and cost.",
            "What an agent does not say is left open. Sums of different agents cannot be compared."
        })
final class UsageCommand extends LookingCommand {

    @ParentCommand private @Nullable SteleCommand stele;

    @Mixin private final AtOption at = new AtOption();

    @Parameters(
            arity = "0..1",
            paramLabel = "THREAD",
            description = "A conversation, turn by turn; else all conversations, each as a whole.")
    private @Nullable String thread;

    @Override
    @Nullable SteleCommand parent() {
        return stele;
    }

    @Override
    void print(Archive archive, Console console, boolean json) {
        OrchestrationReadModel model = at.model(archive, console);
        List<ThreadUsage> usages =
                threads(model).stream().map(one -> ThreadUsage.of(one, model)).toList();
        if (json) {
            usages.forEach(usage -> console.bytes(archive.codec().encode(usage)));
        } else if (usages.stream().allMatch(usage -> usage.total() == null)) {
            console.note("No agent has said what it used.");
        } else {
            table(usages, model).print(console);
        }
    }

    private List<ChatThread> threads(OrchestrationReadModel model) {
        return thread != null
                ? List.of(Lookup.thread(model, thread))
                : model.threads()
                        .values()
                        .toJavaStream()
                        .sorted(Comparator.comparing(ChatThread::createdAt))
                        .toList();
    }

    private Table table(List<ThreadUsage> usages, OrchestrationReadModel model) {
        var table =
                new Table(
                        thread == null ? "THREAD" : "TURN",
                        "SINCE",
                        "INPUT",
                        "OUTPUT",
                        "CACHED",
                        "THOUGHT",
                        "TOTAL",
                        "CONTEXT",
                        "COST");
        for (ThreadUsage usage : usages) {
            if (thread != null) {
                usage.turns().forEach(turn -> row(table, turn));
            }
            TokenUsage total = usage.total();
            ChatThread owner = model.thread(usage.threadId());
            if (total != null && owner != null) {
                String name = thread == null ? usage.threadId().value() : "all";
                row(table, name, owner.createdAt(), total);
            }
        }
        return table;
    }

    private static void row(Table table, TurnUsage turn) {
        row(table, turn.turnId().value(), turn.startedAt(), turn.usage());
    }

    private static void row(Table table, String name, Instant since, TokenUsage usage) {
        table.row(
                name,
                Phrases.time(since),
                Phrases.known(usage.input()),
                Phrases.known(usage.output()),
                Phrases.known(usage.cachedRead()),
                Phrases.known(usage.thought()),
                Phrases.known(usage.total()),
                Phrases.context(usage),
                Phrases.cost(usage.cost()));
    }
}

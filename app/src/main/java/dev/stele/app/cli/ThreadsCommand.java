package dev.stele.app.cli;

import dev.stele.domain.model.ChatThread;
import dev.stele.domain.model.OrchestrationReadModel;
import dev.stele.domain.model.Project;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.ParentCommand;

/** {@code stele threads}: the conversations there are. */
@Command(
        name = "threads",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = "Lists the conversations, newest last.")
final class ThreadsCommand extends LookingCommand {

    @ParentCommand private @Nullable SteleCommand stele;

    @Mixin private final AtOption at = new AtOption();

    @Override
    @Nullable SteleCommand parent() {
        return stele;
    }

    @Override
    void print(Archive archive, Console console, boolean json) {
        OrchestrationReadModel model = at.model(archive, console);
        List<ChatThread> threads =
                model.threads()
                        .values()
                        .toJavaStream()
                        .sorted(Comparator.comparing(ChatThread::createdAt))
                        .toList();
        if (json) {
            threads.forEach(thread -> console.bytes(archive.codec().encode(thread)));
        } else if (threads.isEmpty()) {
            console.note("There are no threads yet. Start one: stele run PROMPT");
        } else {
            table(model, threads).print(console);
        }
    }

    private static Table table(OrchestrationReadModel model, List<ChatThread> threads) {
        var table = new Table("THREAD", "CREATED", "STATUS", "TURNS", "AGENT", "PROJECT", "TITLE");
        for (ChatThread thread : threads) {
            Project project = model.project(thread.projectId());
            table.row(
                    thread.id().value(),
                    Phrases.time(thread.createdAt()),
                    Phrases.status(thread.status()),
                    String.valueOf(thread.turns().size()),
                    SafeText.line(thread.agent(), 30),
                    SafeText.line(Phrases.place(model, project), 60),
                    SafeText.line(thread.title(), 60));
        }
        return table;
    }
}

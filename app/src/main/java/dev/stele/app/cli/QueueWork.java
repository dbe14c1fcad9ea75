package dev.stele.app.cli;

import dev.stele.app.Stele;
import dev.stele.domain.command.OrchestrationCommand;
import dev.stele.domain.model.QueuedPrompt;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** A command that changes what waits, and shows what waits then. */
@Command
abstract class QueueWork implements Callable<Integer> {

    @ParentCommand private @Nullable QueueCommand queue;

    @Parameters(index = "0", paramLabel = "ID", description = "The prompt that waits.")
    private String id = "";

    /** The change. */
    abstract OrchestrationCommand change(QueuedPrompt prompt);

    @Override
    public final Integer call() {
        SteleCommand command = Objects.requireNonNull(Objects.requireNonNull(queue).parent());
        Console console = command.console();
        try (Stele stele = command.builder().onReplay(new ReplayProgress(console)).open()) {
            QueuedPrompt prompt = Lookup.queued(stele.model(), id);
            stele.execute(change(prompt));
            show(stele, prompt, console, command.json());
        }
        return ExitCode.OK.code();
    }

    private static void show(Stele stele, QueuedPrompt changed, Console console, boolean json) {
        var archive = new Archive(stele, stele.codec(), stele.changes(), () -> {});
        QueueCommand.print(archive, console, json, changed.threadId().value());
    }
}

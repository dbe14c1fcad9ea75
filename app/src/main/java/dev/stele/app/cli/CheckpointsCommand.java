package dev.stele.app.cli;

import dev.stele.contracts.CheckpointId;
import dev.stele.domain.model.ChatThread;
import dev.stele.domain.model.Checkpoint;
import dev.stele.domain.model.CheckpointState;
import dev.stele.domain.model.OrchestrationReadModel;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** {@code stele checkpoints}: the snapshots there are. */
@Command(
        name = "checkpoints",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        subcommands = {
            CheckpointsShowCommand.class,
            CheckpointsPolicyCommand.class,
            CheckpointsThinCommand.class
        },
        description = "Lists the snapshots of the working tree, newest last.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  stele checkpoints THREAD               those of a conversation",
            "  stele checkpoints show TURN-before     what one holds",
            "  stele checkpoints thin --dry-run       which old ones would go"
        })
final class CheckpointsCommand extends LookingCommand {

    @ParentCommand private @Nullable SteleCommand stele;

    @Mixin private final AtOption at = new AtOption();

    @Parameters(
            arity = "0..1",
            paramLabel = "THREAD",
            description = "Only those of this thread; else of all threads.")
    private @Nullable String thread;

    @Override
    @Nullable SteleCommand parent() {
        return stele;
    }

    @Override
    void print(Archive archive, Console console, boolean json) {
        List<Checkpoint> checkpoints = checkpoints(at.model(archive, console));
        if (json) {
            checkpoints.forEach(one -> console.bytes(archive.codec().encode(one)));
        } else if (checkpoints.isEmpty()) {
            console.note("There are no checkpoints yet; every turn makes two.");
        } else {
            table(checkpoints).print(console);
        }
    }

    private List<Checkpoint> checkpoints(OrchestrationReadModel model) {
        if (thread == null) {
            return model.checkpoints()
                    .values()
                    .toJavaStream()
                    .sorted(
                            Comparator.comparing(Checkpoint::createdAt)
                                    .thenComparingLong(Checkpoint::ticket)
                                    .thenComparing(
                                            one -> one.id().value(), Comparator.reverseOrder()))
                    .toList();
        }
        ChatThread found = Lookup.thread(model, thread);
        return found.checkpoints()
                .toJavaStream()
                .<@Nullable Checkpoint>map((CheckpointId id) -> model.checkpoint(id))
                .filter(Objects::nonNull)
                .toList();
    }

    private static Table table(List<Checkpoint> checkpoints) {
        var table = new Table("CHECKPOINT", "CREATED", "HOLDS", "DESCRIPTION", "REF");
        for (Checkpoint checkpoint : checkpoints) {
            table.row(
                    checkpoint.id().value(),
                    Phrases.time(checkpoint.createdAt()),
                    SafeText.line(Phrases.checkpoint(checkpoint), 60),
                    SafeText.line(checkpoint.description(), 60),
                    checkpoint.state() instanceof CheckpointState.Ready(var ref, _, _) ? ref : "");
        }
        return table;
    }
}

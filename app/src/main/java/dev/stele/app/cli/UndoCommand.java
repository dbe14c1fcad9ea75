package dev.stele.app.cli;

import dev.stele.app.Stele;
import dev.stele.contracts.ThreadId;
import dev.stele.domain.model.ChatThread;
import dev.stele.domain.model.Operation;
import dev.stele.domain.model.OrchestrationReadModel;
import dev.stele.domain.model.Project;
import java.util.Comparator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code stele undo}: takes back a restore. */
@Command(
        name = "undo",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        sortOptions = false,
        description = {
            "Takes back the newest restore. An undo is a restore, too: the next undo takes it"
                    + " back.",
            "To take back a turn of an agent, restore the checkpoint from before it."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:undone; files that had to be left alone are named",
            "1:it failed; the next undo tries again",
            "3:there is no such thread",
            "5:refused: nothing to undo, a turn came after it, or somebody is at work there"
        })
final class UndoCommand extends WorkingCommand<Operation.Restore> {

    @Mixin private ProjectOption place = new ProjectOption();

    @Parameters(
            arity = "0..1",
            paramLabel = "THREAD",
            description = "The thread whose restore it is; else the newest in this project.")
    private @Nullable String thread;

    @Override
    Operation.Restore work(Stele stele, Console console) throws InterruptedException {
        return stele.undo(threadId(stele.model()));
    }

    private ThreadId threadId(OrchestrationReadModel model) {
        Project project = thread == null ? Lookup.project(model, place.directory()) : null;
        ThreadId restored = project == null ? null : lastRestored(model, project);
        return restored == null ? Lookup.thread(model, thread, place.directory()).id() : restored;
    }

    private static @Nullable ThreadId lastRestored(OrchestrationReadModel model, Project project) {
        return project.threads()
                .values()
                .toJavaStream()
                .flatMap(id -> restores(model, model.thread(id)))
                .max(Comparator.comparingLong(Operation.Restore::ticket))
                .map(Operation.Restore::threadId)
                .orElse(null);
    }

    private static Stream<Operation.Restore> restores(
            OrchestrationReadModel model, @Nullable ChatThread thread) {
        return thread == null
                ? Stream.empty()
                : thread.operations()
                        .toJavaStream()
                        .mapMulti((id, found) -> {
                            if (model.operation(id) instanceof Operation.Restore restore) {
                                found.accept(restore);
                            }
                        });
    }

    @Override
    void tell(Operation.Restore done, Stele stele, Console console) {
        new RestoreReport(stele, console).tell(undone(stele.model(), done), done);
    }

    private static String undone(OrchestrationReadModel model, Operation.Restore done) {
        return restores(model, model.thread(done.threadId()))
                .filter(one -> one.safetyCheckpointId().equals(done.checkpointId()))
                .findFirst()
                .map(Operation.Restore::checkpointId)
                .map(of -> of.isSafety() ? "undid the undo" : "undid the restore of " + of)
                .orElse("restored " + done.checkpointId());
    }
}

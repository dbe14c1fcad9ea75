package dev.stele.app;

import dev.stele.app.error.SteleException;
import dev.stele.contracts.CheckpointId;
import dev.stele.contracts.MessageContent;
import dev.stele.contracts.ProjectId;
import dev.stele.contracts.ThreadId;
import dev.stele.contracts.TurnId;
import dev.stele.domain.command.DeciderError;
import dev.stele.domain.command.OrchestrationCommand.CreateProject;
import dev.stele.domain.command.OrchestrationCommand.CreateThread;
import dev.stele.domain.command.OrchestrationCommand.QueueCommand.QueuePrompt;
import dev.stele.domain.command.OrchestrationCommand.StartTurn;
import dev.stele.domain.model.ChatThread;
import dev.stele.domain.model.Checkpoint;
import dev.stele.domain.model.HoldCause;
import dev.stele.domain.model.Message;
import dev.stele.domain.model.OrchestrationReadModel;
import dev.stele.domain.model.Place;
import dev.stele.domain.model.Turn;
import dev.stele.domain.port.DispatchResult;
import dev.stele.domain.port.EventSubscription;
import dev.stele.domain.port.StoreException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The whole way of a turn, from a directory and a prompt to the checkpoint after it. */
final class TurnRunner {
    private static final int TITLE_LENGTH = 80;
    private static final Duration PATIENCE = Duration.ofHours(1);

    private final Stele stele;

    TurnRunner(Stele stele) {
        this.stele = stele;
    }

    /** The project of a directory, made when there is none yet. */
    ProjectId project(Path directory) {
        String path = ProjectDirectory.resolve(directory);
        ProjectId known = stele.model().projectAt(new Place(path, stele.node()));
        if (known != null) {
            return known;
        }
        Path name = Path.of(path).getFileName();
        var command =
                new CreateProject(
                        Ids.project(),
                        name == null ? path : name.toString(),
                        path,
                        stele.node(),
                        Instant.now());
        return switch (stele.dispatch(command).join()) {
            case DispatchResult.Rejected(DeciderError.DuplicateProjectPath(_, var winner)) ->
                    winner;
            case DispatchResult other -> {
                SteleException.requireAccepted(other);
                yield command.projectId();
            }
        };
    }

    ThreadId thread(ProjectId projectId, String agent, String prompt) {
        var command =
                new CreateThread(Ids.thread(), projectId, title(prompt), agent, Instant.now());
        stele.execute(command);
        return command.threadId();
    }

    TurnId start(ThreadId threadId, String prompt) {
        var content = List.<MessageContent>of(new MessageContent.Text(prompt));
        var command = new StartTurn(Ids.turn(), threadId, content, Instant.now());
        stele.execute(command);
        return command.turnId();
    }

    TurnId queue(ThreadId threadId, String prompt) {
        var content = List.<MessageContent>of(new MessageContent.Text(prompt));
        var command = new QueuePrompt(Ids.turn(), threadId, content, Instant.now());
        stele.execute(command);
        return command.turnId();
    }

    TurnResult await(ThreadId threadId, TurnId turnId) throws InterruptedException {
        try (EventSubscription news = stele.subscribe(stele.model().sequence())) {
            while (true) {
                TurnResult result = result(stele.model(), threadId, turnId);
                if (result != null) {
                    return result;
                }
                if (news.isClosed()) {
                    throw new SteleException.Unavailable(
                            stele.ending()
                                    + " before the turn "
                                    + turnId
                                    + " had ended; how it ended is in the log at the next start.");
                }
                stele.requireAtWork(stele.model().placeOf(threadId));
                news.next(PATIENCE);
            }
        }
    }

    /** The first line that says something, cut to a title's length. */
    static String title(String prompt) {
        String line = prompt.lines().filter(text -> !text.isBlank()).findFirst().orElse("").strip();
        return line.codePointCount(0, line.length()) <= TITLE_LENGTH
                ? line
                : line.substring(0, line.offsetByCodePoints(0, TITLE_LENGTH - 1)) + "…";
    }

    private @Nullable TurnResult result(
            OrchestrationReadModel model, ThreadId threadId, TurnId turnId) {
        Turn turn = model.turn(turnId);
        ChatThread thread = model.thread(threadId);
        if (thread != null && thread.queue().waiting().contains(turnId)) {
            requireGoingOn(thread);
            return null;
        }
        if (turn == null || thread == null) {
            throw new SteleException.Refused(new DeciderError.TurnNotFound(threadId, turnId));
        }
        Checkpoint before = model.checkpoint(CheckpointId.before(turnId));
        Checkpoint after = model.checkpoint(CheckpointId.after(turnId));
        return turn.state().isLive() || before == null || after == null || after.isPending()
                ? null
                : new TurnResult(
                        thread.projectId(),
                        threadId,
                        turnId,
                        turn.state(),
                        lastWords(turnId),
                        before,
                        after);
    }

    private static void requireGoingOn(ChatThread thread) {
        HoldCause hold = thread.queue().hold();
        if (hold != null) {
            throw new SteleException.Refused(new DeciderError.QueueOnHold(thread.id(), hold));
        }
    }

    private String lastWords(TurnId turnId) {
        try {
            Message last = stele.lastWords(turnId);
            return last != null && last.body() instanceof Message.Body.Speech(var text, _)
                    ? text.toString()
                    : "";
        } catch (StoreException unreadable) {
            throw new SteleException.Unavailable(
                    "The turn "
                            + turnId
                            + " has ended, but what its agent said last cannot be read: "
                            + unreadable.getMessage());
        }
    }
}

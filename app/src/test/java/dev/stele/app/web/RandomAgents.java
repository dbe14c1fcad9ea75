package dev.stele.app.web;

import dev.stele.app.Ids;
import dev.stele.app.Stele;
import dev.stele.app.support.GitProject;
import dev.stele.contracts.ActionId;
import dev.stele.contracts.MessageContent;
import dev.stele.contracts.PermissionOption;
import dev.stele.contracts.ProviderEvent;
import dev.stele.contracts.StopReason;
import dev.stele.contracts.ThreadId;
import dev.stele.contracts.TurnId;
import dev.stele.domain.command.OrchestrationCommand;
import dev.stele.domain.command.OrchestrationCommand.ApprovePendingAction;
import dev.stele.domain.command.OrchestrationCommand.CreateThread;
import dev.stele.domain.command.OrchestrationCommand.DeleteThread;
import dev.stele.domain.command.OrchestrationCommand.IngestProviderEvent;
import dev.stele.domain.command.OrchestrationCommand.InterruptTurn;
import dev.stele.domain.command.OrchestrationCommand.QueueCommand;
import dev.stele.domain.command.OrchestrationCommand.RejectPendingAction;
import dev.stele.domain.command.OrchestrationCommand.StartTurn;
import dev.stele.domain.model.Actor;
import dev.stele.domain.model.ChatThread;
import dev.stele.domain.model.Turn;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** People and agents who do what comes to their mind, in threads of two projects of a home. */
final class RandomAgents {
    private static final int MOST_THREADS = 5;

    private static final Actor SOMEBODY = Actor.person("somebody");

    private final ServedHome home;
    private final Random random;
    private final List<GitProject> projects;
    private final List<ThreadId> threads = new ArrayList<>();
    private long told;

    RandomAgents(ServedHome home, Random random) throws IOException {
        this.home = home;
        this.random = random;
        this.projects =
                List.of(
                        home.project(),
                        GitProject.in(home.project().directory().resolveSibling("orchard")));
        create();
        create();
    }

    /** One of the threads; now and then one that was deleted. */
    ThreadId thread() {
        return threads.get(random.nextInt(threads.size()));
    }

    /** Does something; gives what it was. A refusal is no failure: reactors do things, too. */
    String act() {
        ThreadId id = thread();
        ChatThread thread = stele().model().thread(id);
        if (thread == null) {
            return create();
        }
        TurnId open = thread.openTurn();
        return switch (random.nextInt(20)) {
            case 0 -> create();
            case 1 -> random.nextInt(3) == 0 ? does(new DeleteThread(id, now())) : says(id, open);
            case 2 -> does(new InterruptTurn(id, now()));
            case 3, 4 -> tells(id, open, completion());
            case 5, 6, 7 -> does(new QueueCommand.QueuePrompt(Ids.turn(), id, words(), now()));
            case 8 -> edits(thread);
            case 9, 10 -> removes(thread);
            case 11, 12 -> asks(id, open);
            case 13, 14 -> answers(id, open);
            default -> says(id, open);
        };
    }

    private String create() {
        if (threads.size() >= MOST_THREADS) {
            threads.removeFirst();
        }
        ThreadId id = Ids.thread();
        threads.add(id);
        var project = stele().project(projects.get(random.nextInt(2)).directory());
        return does(new CreateThread(id, project, "thread " + word(), "puppet", now()));
    }

    private String says(ThreadId thread, @Nullable TurnId open) {
        return switch (random.nextInt(4)) {
            case 0 -> tells(thread, open, new ProviderEvent.TextDelta(word(), word()));
            case 1 -> tells(thread, open, new ProviderEvent.ThinkingDelta(word(), null));
            default -> tells(thread, open, new ProviderEvent.TextDelta(word(), null));
        };
    }

    /** Without a turn somebody begins one. */
    private String tells(ThreadId thread, @Nullable TurnId open, ProviderEvent event) {
        return open == null
                ? does(new StartTurn(Ids.turn(), thread, words(), now()))
                : does(new IngestProviderEvent(thread, open, ++told, event, now()));
    }

    private String asks(ThreadId thread, @Nullable TurnId open) {
        var allow = new PermissionOption("yes", "Allow", PermissionOption.Kind.ALLOW_ONCE);
        var reject = new PermissionOption("no", "Reject", PermissionOption.Kind.REJECT_ONCE);
        var id = new ActionId("action-" + ++told);
        return tells(
                thread,
                open,
                new ProviderEvent.AwaitingApproval(id, "none", word(), List.of(allow, reject)));
    }

    private String answers(ThreadId thread, @Nullable TurnId open) {
        Turn turn = open == null ? null : stele().model().turn(open);
        if (turn == null || turn.pending().isEmpty()) {
            return says(thread, open);
        }
        var action = turn.pending().get(random.nextInt(turn.pending().size())).id();
        return does(
                random.nextBoolean()
                        ? new ApprovePendingAction(thread, action, null, SOMEBODY, now())
                        : new RejectPendingAction(thread, action, null, null, SOMEBODY, now()));
    }

    private String edits(ChatThread thread) {
        TurnId waiting = waiting(thread);
        return waiting == null
                ? says(thread.id(), thread.openTurn())
                : does(new QueueCommand.EditQueuedPrompt(thread.id(), waiting, words(), now()));
    }

    private String removes(ChatThread thread) {
        TurnId waiting = waiting(thread);
        return waiting == null
                ? says(thread.id(), thread.openTurn())
                : does(new QueueCommand.RemoveQueuedPrompt(thread.id(), waiting, now()));
    }

    private @Nullable TurnId waiting(ChatThread thread) {
        var queue = thread.queue().waiting();
        return queue.isEmpty() ? null : queue.get(random.nextInt(queue.size()));
    }

    private String does(OrchestrationCommand command) {
        var answer = Objects.requireNonNull(stele().dispatch(command).join());
        return command.getClass().getSimpleName()
                + " of "
                + (command instanceof IngestProviderEvent told ? told.event() : command)
                + ": "
                + answer.getClass().getSimpleName();
    }

    private static ProviderEvent completion() {
        return new ProviderEvent.TurnComplete(StopReason.END_TURN, null, null, null);
    }

    private List<MessageContent> words() {
        return List.of(new MessageContent.Text(word()));
    }

    private String word() {
        return "w" + Integer.toString(random.nextInt(1 << 24), 36) + " ";
    }

    private Stele stele() {
        return home.stele();
    }

    private static Instant now() {
        return Instant.now();
    }
}

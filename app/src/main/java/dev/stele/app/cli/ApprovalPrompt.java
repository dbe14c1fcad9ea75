package dev.stele.app.cli;

import dev.stele.app.Stele;
import dev.stele.app.cli.Console.Reply;
import dev.stele.contracts.MessageContent.ToolCall;
import dev.stele.contracts.PermissionOption;
import dev.stele.contracts.ThreadId;
import dev.stele.domain.command.OrchestrationCommand;
import dev.stele.domain.command.OrchestrationCommand.ApprovePendingAction;
import dev.stele.domain.command.OrchestrationCommand.RejectPendingAction;
import dev.stele.domain.model.Actor;
import dev.stele.domain.model.PendingAction;
import dev.stele.domain.model.Turn;
import dev.stele.domain.port.DispatchResult;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/**
 * Puts the agent's questions to the person at the terminal, one after the other, while the turn
 * goes on being shown. Where nobody answers (the input has ended) the answer is no.
 */
final class ApprovalPrompt implements AutoCloseable {

    private static final int SHOWN_LINES = 20;
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final Stele stele;
    private final Console console;
    private final ThreadId threadId;
    private final Actor person;
    private final ExecutorService questions =
            Executors.newSingleThreadExecutor(Thread.ofVirtual().name("stele-questions").factory());

    ApprovalPrompt(Stele stele, Console console, ThreadId threadId) {
        this.stele = stele;
        this.console = console;
        this.threadId = threadId;
        this.person = Actor.person(System.getProperty("user.name", "somebody"));
    }

    /** Asks soon; a question that is off by then is not asked. */
    void askSoon(Turn turn, PendingAction action) {
        questions.execute(() -> ask(turn, action));
    }

    private void ask(Turn turn, PendingAction action) {
        try {
            stele.awaitRules(PATIENCE);
            if (isPending(turn, action)) {
                OrchestrationCommand answer = answer(turn, action);
                if (answer != null) {
                    give(answer);
                }
            }
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        }
    }

    private void give(OrchestrationCommand answer) {
        if (stele.dispatch(answer).join() instanceof DispatchResult.Rejected(var error)) {
            console.say(error.message());
        }
    }

    private boolean isPending(Turn turn, PendingAction action) {
        Turn now = stele.model().turn(turn.id());
        return now != null && now.pendingAction(action.id()) != null;
    }

    /** A person's answer, or that nobody is there; null when it is answered elsewhere. */
    private @Nullable OrchestrationCommand answer(Turn turn, PendingAction action)
            throws InterruptedException {
        ToolCall call = action.toolCallId() == null ? null : turn.toolCall(action.toolCallId());
        var preview = new ApprovalPreview(console, call);
        preview.show(SHOWN_LINES);
        tellOptions(action);
        String question =
                "  Allow it? [y]es, [n]o, "
                        + (preview.isCut() ? "[d] for all of it, " : "")
                        + "or a number: ";
        while (true) {
            switch (console.ask(question, () -> isPending(turn, action))) {
                case Reply.Off() -> {
                    return null;
                }
                case Reply.Nobody() -> {
                    return nobody(action);
                }
                case Reply.Typed(var line) when line.strip().toLowerCase(Locale.ROOT).equals("d") ->
                        preview.show(Integer.MAX_VALUE);
                case Reply.Typed(var line) -> {
                    OrchestrationCommand answer = answer(action, line.strip());
                    if (answer != null) {
                        return answer;
                    }
                }
            }
        }
    }

    private void tellOptions(PendingAction action) {
        List<PermissionOption> options = action.options();
        for (int i = 0; i < options.size(); i++) {
            console.say("  " + (i + 1) + ") " + SafeText.line(options.get(i).label(), 100));
        }
    }

    private @Nullable OrchestrationCommand answer(PendingAction action, String typed) {
        return switch (typed.toLowerCase(Locale.ROOT)) {
            case "y", "yes" -> approve(action, null);
            case "n", "no" -> reject(action, null, null, person);
            default -> numbered(action, typed);
        };
    }

    private @Nullable OrchestrationCommand numbered(PendingAction action, String typed) {
        List<PermissionOption> options = action.options();
        int number = typed.matches("[1-9][0-9]?") ? Integer.parseInt(typed) : 0;
        if (number < 1 || number > options.size()) {
            console.say(
                    typed.isEmpty()
                            ? "  Nothing is chosen unless you say so: y or n."
                            : "  That is none of them.");
            return null;
        }
        PermissionOption option = options.get(number - 1);
        return option.kind().allows()
                ? approve(action, option.id())
                : reject(action, option.id(), null, person);
    }

    private OrchestrationCommand nobody(PendingAction action) {
        console.say("Nobody is there to answer, so the answer is no (--approve all says yes).");
        return reject(action, null, "nobody answered", Actor.policy("no-answer"));
    }

    private OrchestrationCommand approve(PendingAction action, @Nullable String optionId) {
        return new ApprovePendingAction(threadId, action.id(), optionId, person, Instant.now());
    }

    private OrchestrationCommand reject(
            PendingAction action, @Nullable String optionId, @Nullable String reason, Actor by) {
        return new RejectPendingAction(threadId, action.id(), optionId, reason, by, Instant.now());
    }

    /** Asks nothing more. A question that waits for its answer is given up with the process. */
    @Override
    public void close() {
        questions.shutdownNow();
    }
}

package dev.stele.app.live;

import dev.stele.app.Stele;
import dev.stele.app.TurnResult;
import dev.stele.app.support.GitProject;
import dev.stele.app.support.Waiting;
import dev.stele.contracts.MessageContent;
import dev.stele.contracts.MessageContent.Text;
import dev.stele.contracts.MessageContent.ThinkingBlock;
import dev.stele.contracts.MessageContent.ToolResult;
import dev.stele.contracts.ThreadId;
import dev.stele.contracts.TurnId;
import dev.stele.domain.command.OrchestrationCommand.InterruptTurn;
import dev.stele.domain.model.ChatThread;
import dev.stele.domain.model.ThreadStatus;
import dev.stele.domain.model.Turn;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;

/** A thread with an agent, in a repository of its own. */
record Talk(Stele stele, ThreadId threadId, GitProject project) {
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    /** Prompts the agent, and waits until the turn and the checkpoint after it are there. */
    TurnResult play(String scenario) throws InterruptedException {
        return end(begin(scenario));
    }

    /**
     * The same, but interrupts an agent that does not give up: some try again and again what cannot
     * work.
     */
    TurnResult playPatiently(String scenario) throws InterruptedException {
        TurnId turnId = begin(scenario);
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        Waiting.until("time goes by", () -> isOver(turnId) || System.nanoTime() > deadline);
        if (!isOver(turnId)) {
            interrupt();
        }
        return end(turnId);
    }

    /** Prompts the agent. */
    TurnId begin(String scenario) {
        return stele.queue(
                threadId,
                "Do what you are for. SCENARIO=%d-%s CWD=%s"
                        .formatted(thread().turns().size(), scenario, project.directory()));
    }

    /** Waits in a turn, and not in vain when it ends before. */
    void until(String what, TurnId turnId, BooleanSupplier condition) {
        Waiting.until(what, () -> condition.getAsBoolean() || isOver(turnId));
        if (!condition.getAsBoolean()) {
            throw new AssertionError("The turn is over, and never came so far that " + what);
        }
    }

    /** Waits until a turn and the checkpoint after it are there. */
    TurnResult end(TurnId turnId) throws InterruptedException {
        Waiting.until("the turn ends", () -> isOver(turnId));
        return stele.await(threadId, turnId);
    }

    private boolean isOver(TurnId turnId) {
        Turn turn = stele.model().turn(turnId);
        return turn != null && !turn.state().isLive();
    }

    boolean isAsking() {
        return thread().status() instanceof ThreadStatus.AwaitingApproval;
    }

    void interrupt() {
        stele.execute(new InterruptTurn(threadId, Instant.now()));
    }

    ChatThread thread() {
        return Objects.requireNonNull(stele.model().thread(threadId));
    }

    /** Everything that a turn's messages hold, the prompt included. */
    List<MessageContent> content(TurnId turnId) {
        return stele.messages(turnId, 0, 10_000).messages().stream()
                .flatMap(message -> message.content().stream())
                .toList();
    }

    /** What the agent has said in a turn. */
    String words(TurnId turnId) {
        return content(turnId).stream()
                .skip(1)
                .filter(Text.class::isInstance)
                .map(text -> ((Text) text).text())
                .collect(Collectors.joining());
    }

    String thoughts(TurnId turnId) {
        return content(turnId).stream()
                .filter(ThinkingBlock.class::isInstance)
                .map(thought -> ((ThinkingBlock) thought).text())
                .collect(Collectors.joining());
    }

    List<ToolResult> results(TurnId turnId) {
        return content(turnId).stream()
                .filter(ToolResult.class::isInstance)
                .map(ToolResult.class::cast)
                .toList();
    }

    /** The text of a file of the project, empty when there is none. */
    String file(String name) {
        Path file = project.directory().resolve(name);
        try {
            return Files.exists(file) ? Files.readString(file) : "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

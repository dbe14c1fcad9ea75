package dev.stele.app.cli;

import dev.stele.app.SteleReader;
import dev.stele.contracts.CheckpointId;
import dev.stele.contracts.ThreadId;
import dev.stele.contracts.TurnId;
import dev.stele.domain.event.OrchestrationEvent;
import dev.stele.domain.event.OrchestrationEvent.ApprovalEvent;
import dev.stele.domain.event.OrchestrationEvent.CheckpointEvent;
import dev.stele.domain.event.OrchestrationEvent.TurnEvent;
import dev.stele.domain.event.StoredEvent;
import dev.stele.domain.model.ChatThread;
import dev.stele.domain.model.Checkpoint;
import dev.stele.domain.model.OrchestrationReadModel;
import dev.stele.domain.model.Turn;
import dev.stele.domain.port.EventSubscription;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Model.CommandSpec;

/** {@code stele watch}: what agents do now, whoever prompted them. */
@Command(
        name = "watch",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        sortOptions = false,
        description = {
            "Shows what agents do, as it happens, until Ctrl-C: also those that another process",
            "works with. Nothing is changed, and nobody is held up."
        })
final class WatchCommand implements Callable<Integer> {

    private static final Duration PATIENCE = Duration.ofMinutes(10);

    @ParentCommand private @Nullable SteleCommand parent;
    @Spec private @Nullable CommandSpec spec;

    @Parameters(
            paramLabel = "THREAD",
            arity = "0..1",
            description = "Only this conversation; else all of them.")
    private @Nullable String thread;

    @Option(
            names = "--from",
            paramLabel = "SEQ",
            description = "Begins with this fact of the log; else with those that come from now on.")
    private @Nullable Long from;

    private final Map<TurnId, TurnDisplay> displays = new HashMap<>();
    private @Nullable ThreadId speaking;

    @Override
    public Integer call() throws InterruptedException {
        SteleCommand stele = Objects.requireNonNull(parent);
        Console console = stele.console();
        try (SteleReader reader =
                stele.builder().onReplay(new ReplayProgress(console)).openReadOnly()) {
            ThreadId only = thread == null ? null : Lookup.thread(reader.model(), thread).id();
            watch(reader, only, console, stele.json());
        }
        return ExitCode.OK.code();
    }

    private void watch(SteleReader reader, @Nullable ThreadId only, Console console, boolean json)
            throws InterruptedException {
        try (EventSubscription facts = reader.subscribe(start(reader))) {
            console.note(console.styled(Style.DIM, "watching; Ctrl-C ends it"));
            while (!facts.isClosed()) {
                for (StoredEvent fact : facts.next(PATIENCE)) {
                    TurnId turnId = turnOf(fact.event(), reader.model());
                    ChatThread chat = turnId == null ? null : chat(reader.model(), turnId);
                    if (only != null && (chat == null || !chat.id().equals(only))) {
                        continue;
                    }
                    if (json) {
                        console.bytes(reader.codec().encode(fact));
                    } else if (turnId != null && chat != null) {
                        show(fact.event(), turnId, chat, console);
                    }
                }
            }
        }
    }

    private long start(SteleReader reader) {
        long end = reader.model().sequence();
        if (from == null) {
            return end;
        }
        if (from < 1 || from > end + 1) {
            throw new ParameterException(
                    Objects.requireNonNull(spec).commandLine(),
                    "The log has no fact " + from + ": it ends at " + end + ".");
        }
        return from - 1;
    }

    /** Whoever speaks is named when it is somebody else than before. */
    private void show(OrchestrationEvent event, TurnId turnId, ChatThread chat, Console console) {
        if (!chat.id().equals(speaking)) {
            speaking = chat.id();
            console.startParagraph();
            console.note(
                    console.styled(
                            Style.BOLD,
                            "── %s · %s · %s"
                                    .formatted(
                                            SafeText.line(chat.title(), 60),
                                            SafeText.line(chat.agent(), 40),
                                            chat.id())));
        }
        displays.computeIfAbsent(turnId, id -> new TurnDisplay(console, id)).show(event);
        if (event instanceof TurnEvent turn) {
            ending(turn, console);
        }
    }

    private void ending(TurnEvent event, Console console) {
        switch (event) {
            case TurnEvent.TurnStarted e ->
                    console.note(
                            console.styled(Style.BOLD, "> " + Phrases.prompt(e.prompt())));
            case TurnEvent.TurnCompleted e -> console.note(console.styled(Style.GREEN, "= completed"));
            case TurnEvent.TurnFailed _ -> console.note(console.styled(Style.RED, "= failed"));
            case TurnEvent.TurnInterrupted _ -> console.note(console.styled(Style.YELLOW, "= interrupted"));
            case TurnEvent _ -> {}
        }
    }

    private static @Nullable TurnId turnOf(OrchestrationEvent event, OrchestrationReadModel model) {
        return null;
    }

    private static @Nullable ChatThread chat(OrchestrationReadModel model, TurnId turnId) {
        Turn turn = model.turn(turnId);
        return turn == null ? null : model.thread(turn.threadId());
    }
}

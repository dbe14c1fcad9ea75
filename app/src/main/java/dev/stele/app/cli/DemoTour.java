package dev.stele.app.cli;

import dev.stele.app.Ids;
import dev.stele.app.Stele;
import dev.stele.app.TurnResult;
import dev.stele.contracts.CheckpointId;
import dev.stele.contracts.MessageContent;
import dev.stele.contracts.ThreadId;
import dev.stele.contracts.TurnId;
import dev.stele.domain.command.OrchestrationCommand.CreateThread;
import dev.stele.domain.command.OrchestrationCommand.StartTurn;
import dev.stele.domain.event.StoredEvent;
import dev.stele.domain.model.ChangeSelection;
import dev.stele.domain.model.Operation;
import dev.stele.domain.model.OperationState;
import dev.stele.domain.model.RestoreScope;
import dev.stele.domain.port.EventSubscription;
import dev.stele.domain.port.TreeDiffException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** The stations of the demo, each with the command that does the same on the command line. */
final class DemoTour {

    private static final String PROMPT = "Correct the greeting in greet.sh, and try it.";
    private static final int NEWEST = 8;
    private static final int WIDTH = 79;

    private final Stele stele;
    private final Console console;
    private final boolean json;
    private final Path place;
    private int station;
    private ExitCode code = ExitCode.OK;

    DemoTour(Stele stele, Console console, boolean json, Path place) {
        this.stele = stele;
        this.console = console;
        this.json = json;
        this.place = place;
    }

    /** Goes through all stations; one that fails says so, and the tour goes on. */
    ExitCode run() throws InterruptedException {
        ThreadId thread = thread();
        check(stele.commit(thread, "Begin", new ChangeSelection.All()));
        say("An agent gets a prompt, and asks before it changes anything", "stele run PROMPT");
        TurnResult turn = turn(thread);
        if (!turn.isCompleted()) {
            console.error(Phrases.state(turn.state()));
            return ExitCode.FAILED;
        }
        say("What did it change?", "stele diff");
        diff(turn.turnId());
        say("Back to the files from before the turn", "stele restore TURN-before");
        restored(stele.restore(CheckpointId.before(turn.turnId()), RestoreScope.FILES), "restored");
        say("On second thoughts, it was right", "stele undo");
        restored(stele.undo(thread), "undone");
        say("It becomes a commit", "stele commit -m MESSAGE");
        committed(stele.commit(thread, "Greet with all letters", new ChangeSelection.Own()));
        say(
                "Every step is in the log, " + stele.model().sequence() + " facts; the newest",
                "stele log");
        log();
        return code;
    }

    private void say(String title, String command) {
        station++;
        console.note("");
        console.note(
                console.styled(Style.BOLD, station + ". " + title)
                        + console.styled(Style.DIM, "  (" + command + ")"));
    }

    private ThreadId thread() {
        ThreadId id = Ids.thread();
        stele.execute(
                new CreateThread(
                        id,
                        stele.project(DemoRepository.in(place)),
                        PROMPT,
                        DemoRepository.agent(place),
                        Instant.now()));
        return id;
    }

    private TurnResult turn(ThreadId thread) throws InterruptedException {
        long before = stele.model().sequence();
        TurnId id = Ids.turn();
        List<MessageContent> blocks = List.of(new MessageContent.Text(PROMPT));
        stele.execute(new StartTurn(id, thread, blocks, Instant.now()));
        console.note(console.styled(Style.BOLD, "> " + PROMPT));
        return new TurnSession(stele, console, json, false, before).follow(thread, id);
    }

    private void diff(TurnId turn) {
        try {
            var diff = stele.changes().of(turn);
            if (json) {
                diff.files().forEach(file -> console.bytes(stele.codec().encode(file)));
            } else {
                new DiffDisplay(console).patch(diff);
            }
        } catch (TreeDiffException e) {
            fail(String.valueOf(e.getMessage()));
        }
    }

    private void restored(Operation.Restore done, String what) {
        if (check(done)) {
            new RestoreReport(stele, console).whatWasDone(what, done);
        }
    }

    private void committed(Operation.Commit done) {
        if (check(done) && done.state() instanceof OperationState.Recorded(var hash, _)) {
            console.line("committed " + hash + "  " + Phrases.title(done.message()));
        }
    }

    /** Whether there is something to tell people: it went well, and is not for machines. */
    private boolean check(Operation done) {
        if (done.state() instanceof OperationState.Failed(var why, _)) {
            fail(why);
            return false;
        }
        if (json) {
            console.bytes(stele.codec().encode(done));
        }
        return !json;
    }

    private void fail(String why) {
        console.error(SafeText.of(why));
        code = ExitCode.FAILED;
    }

    private void log() throws InterruptedException {
        long head = stele.model().sequence();
        try (EventSubscription facts = stele.subscribe(Math.max(0, head - NEWEST))) {
            while (facts.position() < head && !facts.isClosed()) {
                for (StoredEvent fact : facts.next(Duration.ofSeconds(10))) {
                    console.note(LogCommand.brief(fact, stele.codec(), console, WIDTH));
                }
            }
        }
    }
}

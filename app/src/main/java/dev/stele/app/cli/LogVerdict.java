package dev.stele.app.cli;

import dev.stele.app.engine.ModelComparison;
import dev.stele.app.report.LogReports;
import dev.stele.domain.port.LogHead;
import dev.stele.domain.port.LogVerification;
import dev.stele.domain.port.LogVerification.Broken;
import dev.stele.domain.port.LogVerification.Compacted;
import dev.stele.domain.port.LogVerification.Cut;
import dev.stele.domain.port.LogVerification.Fault;
import dev.stele.domain.port.LogVerification.Lossy;
import dev.stele.domain.port.LogVerification.Rewritten;
import dev.stele.domain.port.LogVerification.Sound;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Tells whether a log is what was written. */
final class LogVerdict {

    private static final int SHOWN = 20;

    private final Console console;
    private final @Nullable Path store;
    private final boolean json;

    /**
     * Tells of a log.
     *
     * @param console where to
     * @param store its file; null when it is in a database
     * @param json whether to machines
     */
    LogVerdict(Console console, @Nullable Path store, boolean json) {
        this.console = console;
        this.store = store;
        this.json = json;
    }

    /** Tells what following the chain has shown, with what was expected, if anything. */
    ExitCode tell(LogVerification result, @Nullable LogHead expected) {
        if (json) {
            LogJson.print(LogReports.verification(result, expected), console);
        } else {
            say(result, expected);
        }
        return switch (result) {
            case Sound _, Lossy _ -> ExitCode.OK;
            case Compacted _ -> ExitCode.FAILED;
            case Broken _, Cut _, Rewritten _ -> ExitCode.DAMAGED;
        };
    }

    private void say(LogVerification result, @Nullable LogHead expected) {
        switch (result) {
            case Sound(var head) -> sound(head, expected, Phrases.count(head.sequence(), "event"));
            case Lossy(var head, var losses) -> {
                long lost = losses.stream().mapToLong(Fault::places).sum();
                sound(
                        head,
                        expected,
                        Phrases.count(head.sequence() - lost, "event")
                                + " but "
                                + lost
                                + " whose loss is accepted");
                list(losses);
            }
            case Broken(var sequence, var why, var faults) -> {
                bad("damaged at " + sequence, why);
                list(faults.stream().filter(fault -> fault.sequence() != sequence).toList());
                cure("The events before it are as they were written.");
                hint(
                        "Without a backup, 'stele log accept-loss' goes on without events that"
                                + " cannot be read, and 'stele log export --despite-damage' writes"
                                + " out all others.");
            }
            case Cut(var wanted, var actual) -> {
                bad("cut", "it ends at " + actual.sequence() + ", not before " + wanted.sequence());
                cure(
                        "Unless the head is that of another log, the events from "
                                + (actual.sequence() + 1)
                                + " to "
                                + wanted.sequence()
                                + " are gone.");
            }
            case Compacted(var wanted, var first, var last) -> {
                console.line(
                        console.styled(Style.YELLOW, "sound, but not compared")
                                + ": the events from "
                                + first
                                + " to "
                                + last
                                + " were compacted, and "
                                + wanted.sequence()
                                + " lies between them");
                console.note(
                        "The hash there is not known any more. Keep what 'stele log head' prints now"
                                + " in place of that head.");
            }
            case Rewritten(var wanted, _) -> {
                bad("rewritten", "at " + wanted.sequence() + " it has another hash");
                cure(
                        "Unless the head is that of another log, events up to there were replaced,"
                                + " and all hashes with them.");
            }
        }
    }

    private void list(List<Fault> faults) {
        faults.stream()
                .limit(SHOWN)
                .forEach(fault ->
                        console.line(
                                "  "
                                        + (fault.accepted()
                                                ? "lost, which is accepted, at "
                                                : "also at ")
                                        + fault.sequence()
                                        + (fault.places() == 1 ? "" : "-" + fault.last())
                                        + ": "
                                        + SafeText.of(fault.why())));
        if (faults.size() > SHOWN) {
            console.line("  and " + (faults.size() - SHOWN) + " more; --json names all");
        }
    }

    private void sound(LogHead head, @Nullable LogHead expected, String events) {
        console.line(
                console.styled(Style.GREEN, "sound") + ": " + events + ", as they were written");
        if (expected == null) {
            console.line("head: " + head.token());
            hint(
                    "Keep the head where the log is not. 'stele log verify --expect HEAD' then finds"
                            + " a cut end or a log that was replaced, which look sound by"
                            + " themselves.");
        } else {
            long more = head.sequence() - expected.sequence();
            console.line(
                    "expected: it holds the log up to "
                            + expected.sequence()
                            + " unchanged"
                            + (more == 0 ? "" : ", and " + Phrases.count(more, "event") + " more"));
        }
    }

    private void bad(String verdict, String why) {
        console.line(console.styled(Style.RED, verdict) + ": " + SafeText.of(why));
    }

    private void cure(String what) {
        console.note(
                what
                        + " Nothing was changed. "
                        + (store == null
                                ? "Keep the database as it is, and import a backup into another"
                                        + " one."
                                : "Move "
                                        + store
                                        + " away together with its -wal and -shm files, keep them,"
                                        + " and put a backup in its place."));
    }

    private void hint(String text) {
        console.note(console.styled(Style.DIM, text));
    }

    /** Tells whether a start works with the model that the log amounts to. */
    ExitCode tell(ModelComparison model) {
        if (json) {
            LogJson.print(
                    LogJson.object()
                            .put("model", model.equal() ? "equal" : "differs")
                            .put("snapshot", model.snapshot())
                            .put("sequence", model.head()),
                    console);
        } else {
            say(model);
        }
        return model.equal() ? ExitCode.OK : ExitCode.FAILED;
    }

    private void say(ModelComparison model) {
        String snapshot = "the snapshot at " + model.snapshot() + " and the events after it";
        if (!model.equal()) {
            console.line(
                    console.styled(Style.RED, "model differs")
                            + ": "
                            + snapshot
                            + " do not give what folding the whole log gives");
            console.note(
                    "The log is sound, and the snapshot is not what it amounts to. Delete "
                            + (store == null ? "the home's folder snapshots" : store + ".snapshot")
                            + "; the next start folds the log instead.");
        } else if (model.snapshot() == 0) {
            console.line("model: there is no snapshot; every start folds the whole log");
        } else {
            console.line("model: " + snapshot + " give what folding the whole log gives");
        }
    }
}

package dev.stele.app.engine;

import dev.stele.domain.model.OrchestrationReadModel;
import dev.stele.domain.port.AppendResult;
import dev.stele.domain.port.DispatchResult;
import dev.stele.domain.port.EventStore;
import dev.stele.domain.port.ProviderMark;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one who writes. It takes what has come, decides it, stores it in one transaction, and only
 * then shows the new model, answers, and publishes. After a failure it reads back from the store
 * what has become of it before it decides anything else. No exception ends it.
 */
final class Writer implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(Writer.class);

    private final Mailbox mailbox;
    private final EventStore store;
    private final LogFeed feed;
    private final SnapshotKeeper snapshots;
    private final Answered answered;
    private final Replay log;
    private final EngineSettings settings;
    private final InstantSource clock;
    private final Tenure tenure;
    private boolean mayBeStored;
    private boolean inDoubt;
    private String trouble = "";

    Writer(
            Mailbox mailbox,
            EventStore store,
            LogFeed feed,
            SnapshotKeeper snapshots,
            EngineSettings settings,
            InstantSource clock,
            Tenure tenure) {
        this.mailbox = mailbox;
        this.store = store;
        this.feed = feed;
        this.snapshots = snapshots;
        this.answered = new Answered(store);
        this.log = new Replay(store, settings.page());
        this.settings = settings;
        this.clock = clock;
        this.tenure = tenure;
    }

    @Override
    public void run() {
        List<Letter> letters = mailbox.take(settings.drainLimit());
        while (!letters.isEmpty()) {
            handle(letters);
            letters = mailbox.take(settings.drainLimit());
        }
    }

    private void handle(List<Letter> letters) {
        mayBeStored = false;
        try {
            if (!isSettled(letters)) {
                tryAgain(letters);
            }
        } catch (RuntimeException | Error failure) {
            doubt(failure.toString(), failure);
        } finally {
            letters.forEach(this::giveUp);
        }
    }

    /** Once more, then only with what came through all the same. */
    private void tryAgain(List<Letter> letters) {
        if (!isSettled(letters) && knowsTheLog()) {
            letters.forEach(this::answerFromStore);
        }
    }

    /** Whether the letters are stored and answered; if not, the store failed. */
    private boolean isSettled(List<Letter> letters) {
        try {
            return knowsTheLog() && isStored(letters);
        } catch (RuntimeException failure) {
            mayBeStored = true;
            doubt(
                    failure.getMessage() == null ? failure.toString() : failure.getMessage(),
                    failure);
            return false;
        }
    }

    private boolean isStored(List<Letter> letters) {
        var left = new ArrayList<>(letters);
        left.removeIf(Letter::isAnswered);
        while (true) {
            Batch batch = decide(left);
            switch (append(batch)) {
                case AppendResult.Appended(var head) when head == batch.model().sequence() -> {
                    settle(batch);
                    return true;
                }
                case AppendResult.Unencodable(var entry, var why) -> {
                    Letter culprit = batch.author(entry);
                    refuse(culprit, new DispatchResult.Unencodable(why));
                    left.remove(culprit);
                }
                case AppendResult.Appended(var head) -> {
                    return isElsewhere(head);
                }
                case AppendResult.WrongHead(var head) -> {
                    return isElsewhere(head);
                }
                case AppendResult.LeaseLost(var holder) -> {
                    giveWay(left, holder);
                    return true;
                }
            }
        }
    }

    private Batch decide(List<Letter> letters) {
        answered.lookUp(
                letters.stream()
                        .map(Letter::signature)
                        .filter(Objects::nonNull)
                        .map(Letter.Signature::id)
                        .toList());
        var batch =
                new Batch(feed.model(), answered, clock.instant().truncatedTo(ChronoUnit.MILLIS));
        letters.forEach(batch::add);
        return batch;
    }

    private AppendResult append(Batch batch) {
        if (batch.isEmpty()) {
            return new AppendResult.Appended(batch.model().sequence());
        }
        return tenure.isHeld() ? store.append(batch.append()) : new AppendResult.LeaseLost(null);
    }

    /** Another node writes, or soon may. What was tried before may be in the log all the same. */
    private void giveWay(List<Letter> letters, @Nullable String holder) {
        tenure.end(holder);
        for (Letter letter : letters) {
            letter.answer(mayBeStored ? inDoubt() : tenure.tooLate());
        }
    }

    private static DispatchResult inDoubt() {
        return new DispatchResult.Unavailable(
                "The log failed while it took the command in, and another node writes to it by"
                        + " now. Send the command again under the same id: it gets one answer.");
    }

    private void settle(Batch batch) {
        if (!batch.events().isEmpty()) {
            feed.publish(batch.model(), batch.events());
        }
        batch.settle();
        snapshots.saw(batch.model());
    }

    private boolean isElsewhere(long head) {
        doubt("it stands at " + head + " and not where it was left", null);
        return false;
    }

    private void doubt(String why, @Nullable Throwable cause) {
        LOG.warn("The log is in doubt: {}", why, cause);
        trouble = why;
        inDoubt = true;
    }

    /** Whether the model stands at the log's end, reading what it has missed if need be. */
    private boolean knowsTheLog() {
        if (inDoubt) {
            answered.forget();
            long head = store.head();
            while (feed.model().sequence() != head) {
                var events = log.pageAfter(feed.model().sequence(), head);
                OrchestrationReadModel newest = Replay.fold(feed.model(), events);
                feed.publish(newest, events);
            }
            inDoubt = false;
        }
        return true;
    }

    private void answerFromStore(Letter letter) {
        DispatchResult stored = decide(List.of()).earlierAnswer(letter);
        if (stored != null) {
            letter.answer(stored);
        }
    }

    private void refuse(Letter culprit, DispatchResult answer) {
        ProviderMark mark = culprit.mark();
        if (mark != null && mark.sequence() == answered.gap(mark.turnId())) {
            answered.closeGap(mark.turnId());
        }
        culprit.answer(answer);
    }

    private void giveUp(Letter letter) {
        ProviderMark mark = letter.mark();
        if (mark != null && !letter.isAnswered()) {
            answered.openGap(mark);
        }
        letter.answer(unavailable());
    }

    private DispatchResult unavailable() {
        return new DispatchResult.Unavailable(
                "The log cannot be written: "
                        + trouble
                        + ". Nothing was stored that was not acknowledged; send the command again"
                        + " under the same id when the cause is gone.");
    }
}

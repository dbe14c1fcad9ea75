package dev.stele.persistence.log;

import dev.stele.domain.port.LogHead;
import dev.stele.domain.port.LogProgress;
import dev.stele.domain.port.LogVerification;
import dev.stele.domain.port.LogVerification.Broken;
import dev.stele.domain.port.LogVerification.Compacted;
import dev.stele.domain.port.LogVerification.Cut;
import dev.stele.domain.port.LogVerification.Lossy;
import dev.stele.domain.port.LogVerification.Rewritten;
import dev.stele.domain.port.LogVerification.Sound;
import java.sql.Connection;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** Looks for a head that was written down on the way through a log. For one thread, used once. */
public final class ExpectedHead implements LogSurvey.Visitor<RuntimeException> {

    private final LogHead expected;

    /** What the log is proved to have at the expected place, or before it. */
    private LogHead there = LogHead.EMPTY;

    /** The stretch in which the expected place lies, if its hash is not known any more. */
    private @Nullable Compacted within;

    private ExpectedHead(LogHead expected) {
        this.expected = expected;
    }

    /**
     * Follows the chain through the whole log, and holds it against a head.
     *
     * @param database the store's
     * @param connection one that looks at one state of the log
     * @param format of what is in it
     * @param expected what was written down
     * @param progress hears how far it is
     */
    public static LogVerification verify(
            LogDatabase database,
            Connection connection,
            LogFormat format,
            LogHead expected,
            LogProgress progress)
            throws SQLException {
        var visitor = new ExpectedHead(expected);
        return visitor.compare(new LogSurvey(database, connection, format).all(progress, visitor));
    }

    @Override
    public void visit(LogRow row) {
        if (row.sequence() <= expected.sequence()) {
            there = new LogHead(row.sequence(), LogCheck.hex(row.hash()));
        }
    }

    @Override
    public void visit(Segment segment) {
        if (segment.last() <= expected.sequence()) {
            there = new LogHead(segment.last(), LogCheck.hex(segment.endHash()));
        } else if (segment.first() <= expected.sequence()) {
            within = new Compacted(expected, segment.first(), segment.last());
        }
    }

    private LogVerification compare(LogVerification own) {
        return switch (own) {
            case Sound _, Lossy _ when within != null -> within;
            case Sound _ when there.equals(expected) -> own;
            case Sound _ when there.sequence() < expected.sequence() -> new Cut(expected, there);
            case Sound _ -> new Rewritten(expected, there);
            case Lossy(var head, _) when head.sequence() < expected.sequence() ->
                    new Cut(expected, head);
            case Lossy _ when there.equals(expected) -> own;
            case Lossy _ when there.sequence() == expected.sequence() ->
                    new Rewritten(expected, there);
            case Lossy _ ->
                    new Broken(
                            expected.sequence(),
                            "its hash cannot be compared, since an event shortly before it is lost;"
                                    + " keep a newer head");
            case Broken _, Cut _, Rewritten _, Compacted _ -> own;
        };
    }
}

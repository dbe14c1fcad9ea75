package dev.stele.persistence.log;

import dev.stele.domain.port.LogHead;
import dev.stele.domain.port.LogProgress;
import dev.stele.domain.port.LogVerification;
import dev.stele.domain.port.LogVerification.Broken;
import dev.stele.domain.port.LogVerification.Cut;
import dev.stele.domain.port.LogVerification.Rewritten;
import dev.stele.domain.port.LogVerification.Sound;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicReference;

/** Holds a log against a head of it that was written down elsewhere. */
public final class ExpectedHead {

    private ExpectedHead() {}

    /**
     * Follows the whole chain, and looks whether the head is in it.
     *
     * @param database the store's
     * @param connection one that looks at one state of the log
     * @param expected what was written down; the log may have grown since
     * @param progress hears how far it is
     */
    public static LogVerification check(
            LogDatabase database, Connection connection, LogHead expected, LogProgress progress)
            throws SQLException {
        var there = new AtomicReference<>(LogHead.EMPTY);
        LogVerification result =
                LogCheck.all(database, connection)
                        .follow(
                                progress,
                                row -> {
                                    if (row.sequence() <= expected.sequence()) {
                                        there.setPlain(head(row));
                                    }
                                });
        return compare(expected, there.getPlain(), result);
    }

    private static LogHead head(LogRow row) {
        return new LogHead(row.sequence(), LogCheck.hex(row.hash()));
    }

    /**
     * The result in the light of what was expected.
     *
     * @param there what the log has at the expected place, or its end when it is shorter
     */
    private static LogVerification compare(LogHead expected, LogHead there, LogVerification own) {
        return switch (own) {
            case Sound _ when there.equals(expected) -> own;
            case Sound _ when there.sequence() < expected.sequence() -> new Cut(expected, there);
            case Sound _ -> new Rewritten(expected, there);
            case Broken _, Cut _, Rewritten _ -> own;
        };
    }
}

package dev.stele.persistence.log;

import dev.stele.domain.port.LogHead;
import dev.stele.domain.port.LogProgress;
import dev.stele.domain.port.LogVerification.Broken;
import dev.stele.domain.port.LogVerification.Compacted;
import dev.stele.domain.port.LogVerification.Cut;
import dev.stele.domain.port.LogVerification.Fault;
import dev.stele.domain.port.LogVerification.Lossy;
import dev.stele.domain.port.LogVerification.Rewritten;
import dev.stele.domain.port.LogVerification.Sound;
import dev.stele.persistence.json.ExportLine;
import dev.stele.persistence.json.ExportLine.Absorbed;
import dev.stele.persistence.json.ExportLine.End;
import dev.stele.persistence.json.ExportLine.Event;
import dev.stele.persistence.json.ExportLine.Kept;
import dev.stele.persistence.json.ExportLine.Lost;
import dev.stele.persistence.json.ExportLine.Mark;
import dev.stele.persistence.json.ExportLine.Receipt;
import dev.stele.persistence.json.ExportLine.Start;
import dev.stele.persistence.json.ExportLine.Stretch;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.security.DigestOutputStream;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Map;
import java.util.stream.Collectors;

/** One state of a store as lines of JSON. For one thread. */
public final class LogExport {

    private final Connection connection;
    private final LogDatabase database;
    private final LogFormat format;
    private final DigestOutputStream out;

    /**
     * An export.
     *
     * @param database the store's
     * @param connection looks at it
     * @param format of what is in it
     * @param out gets the lines
     */
    public LogExport(
            LogDatabase database, Connection connection, LogFormat format, OutputStream out) {
        this.connection = connection;
        this.format = format;
        this.database = database;
        this.out =
                new DigestOutputStream(new BufferedOutputStream(out, 1 << 16), HashChain.sha256());
    }

    /**
     * Writes all of it.
     *
     * @param progress hears how far it is
     * @return where it ends
     * @throws dev.stele.domain.port.StoreException.Damaged when something of it is lost, and that
     *     is not accepted
     */
    public LogHead write(LogProgress progress) throws SQLException, IOException {
        return write(progress, false);
    }

    /**
     * Writes what there is of it.
     *
     * @param progress hears how far it is
     * @return where it ends
     */
    public LogHead salvage(LogProgress progress) throws SQLException, IOException {
        return write(progress, true);
    }

    private LogHead write(LogProgress progress, boolean despiteDamage)
            throws SQLException, IOException {
        line(new Start(ExportLine.FORMAT, LogCheck.head(database, connection).sequence()));
        LogHead head = writeEvents(progress, despiteDamage);
        long receipts = writeReceipts();
        long marks = writeMarks();
        String digest = LogCheck.hex(out.getMessageDigest().digest());
        line(new End(head.sequence(), head.hash(), receipts, marks, digest));
        out.flush();
        return head;
    }

    private LogHead writeEvents(LogProgress progress, boolean despiteDamage)
            throws SQLException, IOException {
        var lines = new Lines(despiteDamage ? distrusted() : Map.of());
        return switch (new LogSurvey(database, connection, format).all(progress, lines)) {
            case Sound(var head) -> head;
            case Lossy(var head, _) -> head;
            case Broken _ when despiteDamage && lines.last == lines.end() ->
                    LogCheck.head(database, connection);
            case Broken(var sequence, var why, _) ->
                    throw database.damaged("at the event " + sequence + " (" + why + ")", null);
            case Cut _, Rewritten _, Compacted _ ->
                    throw new IllegalStateException("nothing was expected of the log");
        };
    }

    /** Whether a segment is the one that the log tells of shows behind it. */
    private Map<Long, String> distrusted() throws SQLException {
        var survey = new LogSurvey(database, connection, format);
        return survey.<RuntimeException>all(LogProgress.SILENT, _ -> {})
                        instanceof Broken(_, _, var faults)
                ? faults.stream().collect(Collectors.toMap(Fault::sequence, Fault::why))
                : Map.of();
    }

    /** Writes what is come upon. */
    private final class Lines implements LogSurvey.Visitor<IOException> {
        private final Map<Long, String> distrusted;
        private long last;

        Lines(Map<Long, String> distrusted) {
            this.distrusted = distrusted;
        }

        @Override
        public void visit(LogRow row) throws IOException {
            line(
                    new Event(
                            row.sequence(),
                            Instant.ofEpochMilli(row.storedAt()),
                            row.type(),
                            LogCheck.hex(row.hash()),
                            row.payload()));
            last = row.sequence();
        }

        @Override
        public void unproved(LogRow row) throws IOException {
            visit(row);
        }

        @Override
        public void lost(long sequence, String why) throws IOException {
            line(new Lost(sequence, why));
            last = sequence;
        }

        @Override
        public void visit(Segment segment) throws IOException {
            String why = distrusted.get(segment.first());
            if (why == null) {
                write(segment);
            } else {
                for (long place = segment.first(); place <= segment.last(); place++) {
                    lost(place, why);
                }
            }
        }

        private void write(Segment segment) throws IOException {
            line(new Stretch(segment.first(), segment.last(), LogCheck.hex(segment.endHash())));
            for (long place = segment.first(); place <= segment.last(); ) {
                place += write(segment, place);
            }
            last = segment.last();
        }

        /** Writes one line, and tells of how many places it is. */
        private long write(Segment segment, long place) throws IOException {
            return switch (segment.at(place)) {
                case SegmentEntry.Kept(_, var storedAt, var type, var payload) -> {
                    line(new Kept(place, Instant.ofEpochMilli(storedAt), type, payload));
                    yield 1;
                }
                case SegmentEntry.Absorbed(_, var storedAt, var into) -> {
                    long count = segment.run(place);
                    line(new Absorbed(place, count, Instant.ofEpochMilli(storedAt), into));
                    yield count;
                }
            };
        }

        long end() throws SQLException {
            return LogCheck.head(database, connection).sequence();
        }
    }

    private long writeReceipts() throws SQLException, IOException {
        long count = 0;
        try (PreparedStatement select = connection.prepareStatement(database.sql().allReceipts);
                ResultSet rows = select.executeQuery()) {
            while (rows.next()) {
                line(
                        new Receipt(
                                Columns.text(rows, 1),
                                Columns.text(rows, 2),
                                Instant.ofEpochMilli(rows.getLong(3)),
                                Columns.bytes(rows, 4)));
                count++;
            }
        }
        return count;
    }

    private long writeMarks() throws SQLException, IOException {
        long count = 0;
        try (PreparedStatement select = connection.prepareStatement(database.sql().allMarks);
                ResultSet rows = select.executeQuery()) {
            while (rows.next()) {
                line(new Mark(Columns.text(rows, 1), rows.getLong(2)));
                count++;
            }
        }
        return count;
    }

    private void line(ExportLine line) throws IOException {
        out.write(line.toBytes());
        out.write('\n');
    }
}

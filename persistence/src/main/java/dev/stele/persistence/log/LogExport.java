package dev.stele.persistence.log;

import dev.stele.domain.port.LogHead;
import dev.stele.domain.port.LogProgress;
import dev.stele.domain.port.LogVerification.Broken;
import dev.stele.domain.port.LogVerification.Cut;
import dev.stele.domain.port.LogVerification.Lossy;
import dev.stele.domain.port.LogVerification.Rewritten;
import dev.stele.domain.port.LogVerification.Sound;
import dev.stele.persistence.json.ExportLine;
import dev.stele.persistence.json.ExportLine.End;
import dev.stele.persistence.json.ExportLine.Event;
import dev.stele.persistence.json.ExportLine.Lost;
import dev.stele.persistence.json.ExportLine.Mark;
import dev.stele.persistence.json.ExportLine.Receipt;
import dev.stele.persistence.json.ExportLine.Start;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.security.DigestOutputStream;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;

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
        write(new Start(ExportLine.FORMAT, LogCheck.head(database, connection).sequence()));
        LogHead head = writeEvents(progress, despiteDamage);
        long receipts = writeReceipts();
        long marks = writeMarks();
        String digest = LogCheck.hex(out.getMessageDigest().digest());
        write(new End(head.sequence(), head.hash(), receipts, marks, digest));
        out.flush();
        return head;
    }

    private LogHead writeEvents(LogProgress progress, boolean despiteDamage)
            throws SQLException, IOException {
        var lines = new Lines();
        return switch (new LogSurvey(database, connection, format).all(progress, lines)) {
            case Sound(var head) -> head;
            case Lossy(var head, _) -> head;
            case Broken _ when despiteDamage && lines.last == lines.end() ->
                    LogCheck.head(database, connection);
            case Broken(var sequence, var why, _) ->
                    throw database.damaged("at the event " + sequence + " (" + why + ")", null);
            case Cut _, Rewritten _ ->
                    throw new IllegalStateException("nothing was expected of the log");
        };
    }

    /** Writes events as they are come upon. */
    private final class Lines implements LogSurvey.Visitor<IOException> {
        private long last;

        @Override
        public void visit(LogRow row) throws IOException {
            write(
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
            write(new Lost(sequence, why));
            last = sequence;
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
                write(
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
                write(new Mark(Columns.text(rows, 1), rows.getLong(2)));
                count++;
            }
        }
        return count;
    }

    private void write(ExportLine line) throws IOException {
        out.write(line.toBytes());
        out.write('\n');
    }
}

package dev.stele.persistence.log;

import dev.stele.domain.port.LogHead;
import dev.stele.domain.port.LogProgress;
import dev.stele.domain.port.LogVerification;
import dev.stele.domain.port.LogVerification.Fault;
import dev.stele.domain.port.StoreException;
import dev.stele.persistence.json.EventFormat.EventType;
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
import java.io.IOException;
import java.io.InputStream;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Fills an empty store with the lines of an export. For one thread, and once. */
public final class LogImport {

    /** So many lines go into a transaction: all at once would double the room that they take. */
    private static final int TRANSACTION = 10_000;

    private final ExportLines lines;
    private final LogFormat format;
    private final LogProgress progress;
    private final HashChain chain = new HashChain();
    private byte[] hash = HashChain.beginning();
    private long sequence;

    /** False from a lost event on, until a whole hash is told. */
    private boolean chained = true;

    /** The places of lost events. */
    private final Set<Long> losses = new HashSet<>();

    private boolean replaced;
    private long receipts;
    private long marks;

    /**
     * An import.
     *
     * @param in gives the lines
     * @param format of what is in the log
     * @param progress hears how far it is
     */
    public LogImport(InputStream in, LogFormat format, LogProgress progress) {
        this.format = format;
        this.lines = new ExportLines(in);
        this.progress = progress;
    }

    /** Where the log ends that was imported. */
    public LogHead head() {
        return new LogHead(sequence, LogCheck.hex(hash));
    }

    /**
     * Reads all lines into a store.
     *
     * @param database the store's, with empty tables
     */
    public void fill(LogDatabase database) throws IOException, SQLException {
        try (Connection connection = database.appending();
                PreparedStatement begin = connection.prepareStatement(database.sql().begin);
                PreparedStatement commit = connection.prepareStatement(Sql.COMMIT)) {
            fill(database, connection, begin::execute, commit::execute);
        }
    }

    /**
     * Reads all lines into a store.
     *
     * @param database the store's, with empty tables
     * @param connection one in whose transaction all of it happens; the caller ends it
     */
    public void fill(LogDatabase database, Connection connection) throws IOException, SQLException {
        fill(database, connection, () -> {}, () -> {});
    }

    /** Begins or ends a transaction. */
    private interface Step {
        void take() throws SQLException;
    }

    private void fill(LogDatabase database, Connection connection, Step begin, Step end)
            throws IOException, SQLException {
        Start start = start();
        try (var rows = new Rows(database, connection)) {
            boolean ended = false;
            while (!ended) {
                begin.take();
                ended = fillSome(rows);
                rows.moveHead(sequence, hash);
                end.take();
                progress.reached(sequence, start.head());
            }
        }
        requireSound(database, connection);
    }

    private Start start() throws IOException {
        if (!(lines.next() instanceof Start start)) {
            throw lines.problem("the first line of an export is missing");
        }
        if (start.format() < 1 || start.format() > ExportLine.FORMAT) {
            throw lines.problem(
                    "the export has the form " + start.format() + ", which another Stele knows");
        }
        return start;
    }

    /** Takes in as many lines as a transaction holds; true after the last one. */
    private boolean fillSome(Rows rows) throws IOException, SQLException {
        for (int i = 0; i < TRANSACTION; i++) {
            switch (lines.next()) {
                case Event event -> add(event, rows);
                case Lost lost -> {
                    requireNext(lost.sequence());
                    sequence = lost.sequence();
                    chained = false;
                    losses.add(sequence);
                }
                case Stretch stretch -> rows.add(segment(stretch));
                case Kept _, Absorbed _ -> throw lines.problem("it is of no stretch");
                case Receipt receipt -> {
                    rows.add(receipt);
                    receipts++;
                }
                case Mark mark -> {
                    rows.add(mark);
                    marks++;
                }
                case End end -> {
                    requireWhole(end);
                    return true;
                }
                case Start _ -> throw lines.problem("a second export begins");
                case null -> throw lines.problem("the export is cut off");
            }
        }
        return false;
    }

    private void add(Event event, Rows rows) throws SQLException {
        requireNext(event.sequence());
        if (!chained) {
            addUnproved(event, rows);
            return;
        }
        long storedAt = event.storedAt().toEpochMilli();
        byte[] next = chain.next(hash, event.sequence(), storedAt, event.type(), event.fields());
        if (!LogCheck.hex(next).equals(event.hash())) {
            throw lines.problem(
                    "the event "
                            + event.sequence()
                            + " does not fit to its hash and to the events before it");
        }
        sequence = event.sequence();
        hash = next;
        rows.add(event, HashChain.kept(sequence, hash));
    }

    private void requireNext(long place) {
        if (place != sequence + 1) {
            throw lines.problem("the event " + (sequence + 1) + " is expected");
        }
    }

    /** After a lost event the chain begins again with the next whole hash. */
    private void addUnproved(Event event, Rows rows) throws SQLException {
        byte[] known = bytes(event.hash());
        sequence = event.sequence();
        if (HashChain.isSealed(sequence) && known.length == hash.length) {
            hash = known;
            chained = true;
        }
        rows.add(event, known);
    }

    /** Takes in what a stretch was replaced by; the check that follows proves it. */
    private Segment segment(Stretch stretch) throws IOException {
        if (stretch.first() != sequence + 1 || stretch.last() < stretch.first()) {
            throw lines.problem("a stretch from " + (sequence + 1) + " on is expected");
        }
        List<SegmentEntry> entries = new ArrayList<>();
        while (sequence < stretch.last()) {
            switch (lines.next()) {
                case Kept(var place, var storedAt, var type, var fields)
                        when place == sequence + 1 -> {
                    entries.add(
                            new SegmentEntry.Kept(place, storedAt.toEpochMilli(), type, fields));
                    sequence++;
                }
                case Absorbed absorbed
                        when absorbed.sequence() == sequence + 1
                                && absorbed.count() >= 1
                                && absorbed.count() <= stretch.last() - sequence ->
                        addAbsorbed(absorbed, entries);
                case null -> throw lines.problem("the export is cut off");
                case ExportLine _ ->
                        throw lines.problem("the event " + (sequence + 1) + " is expected");
            }
        }
        hash = bytes(stretch.hash());
        chained = true;
        replaced = true;
        return new Segment(stretch.first(), stretch.last(), hash, entries);
    }

    private void addAbsorbed(Absorbed absorbed, List<SegmentEntry> entries) {
        for (long i = 0; i < absorbed.count(); i++) {
            sequence++;
            entries.add(
                    new SegmentEntry.Absorbed(
                            sequence, absorbed.storedAt().toEpochMilli(), absorbed.into()));
        }
    }

    private byte[] bytes(String hex) {
        try {
            return HexFormat.of().parseHex(hex);
        } catch (IllegalArgumentException _) {
            throw lines.problem("its hash is none");
        }
    }

    /** The lines of a stretch have no hashes of their own: what tells of it comes behind it. */
    private void requireSound(LogDatabase database, Connection connection) throws SQLException {
        Fault fault = replaced ? unknownFault(database, connection) : null;
        if (fault != null) {
            throw new StoreException(
                    "Nothing was imported: the lines are not what an export of a log holds ("
                            + fault.why()
                            + "). Export the log again, and carry it over unchanged.",
                    null);
        }
    }

    /** What is wrong with the log besides what the lines tell to be lost, or null. */
    private @Nullable Fault unknownFault(LogDatabase database, Connection connection)
            throws SQLException {
        var survey = new LogSurvey(database, connection, format);
        return survey.<RuntimeException>all(LogProgress.SILENT, _ -> {})
                        instanceof LogVerification.Broken(_, _, var faults)
                ? faults.stream()
                        .filter(fault -> !fault.accepted() && !losses.contains(fault.sequence()))
                        .findFirst()
                        .orElse(null)
                : null;
    }

    private void requireWhole(End end) throws IOException {
        if (!chained) {
            hash = bytes(end.hash());
        }
        boolean whole =
                end.head() == sequence
                        && end.hash().equals(LogCheck.hex(hash))
                        && end.receipts() == receipts
                        && end.marks() == marks
                        && end.digest().equals(lines.digest());
        if (!whole) {
            throw lines.problem("the lines before it are not those that it counts");
        }
        if (lines.next() != null) {
            throw lines.problem("something follows the end");
        }
    }

    /** The statements that add rows. */
    private static final class Rows implements AutoCloseable {
        /** So many rows, or bytes of payloads, go to the database at a time. */
        private static final int BATCH_ROWS = 1_000;

        private static final int BATCH_BYTES = 8 << 20;

        private final LogDatabase database;
        private final Connection connection;
        private final PreparedStatement addEvent;
        private final PreparedStatement addSegment;
        private final PreparedStatement addReceipt;
        private final PreparedStatement addMark;
        private final PreparedStatement moveHead;
        private EventTypes types;
        private int rows;
        private long bytes;

        Rows(LogDatabase database, Connection connection) throws SQLException {
            Sql sql = database.sql();
            this.database = database;
            this.connection = connection;
            addEvent = connection.prepareStatement(sql.addEvent);
            addSegment = connection.prepareStatement(sql.addSegment);
            addReceipt = connection.prepareStatement(sql.addReceipt);
            addMark = connection.prepareStatement(sql.raiseMark);
            moveHead = connection.prepareStatement(sql.moveHead);
            types = EventTypes.load(database, connection);
        }

        void add(Event event, byte[] kept) throws SQLException {
            addEvent.setLong(1, event.sequence());
            addEvent.setInt(2, number(event.type()));
            addEvent.setLong(3, event.storedAt().toEpochMilli());
            addEvent.setBytes(4, event.fields());
            addEvent.setBytes(5, kept);
            addEvent.addBatch();
            added(event.fields().length);
        }

        private int number(EventType type) throws SQLException {
            if (!types.has(type)) {
                types = EventTypes.complete(database, connection, List.of(type));
            }
            return types.number(type);
        }

        void add(Segment segment) throws SQLException {
            PackedSegment.of(segment).fill(addSegment);
            addSegment.executeUpdate();
        }

        void add(Receipt receipt) throws SQLException {
            addReceipt.setString(1, receipt.commandId());
            addReceipt.setString(2, receipt.fingerprint());
            addReceipt.setLong(3, receipt.answeredAt().toEpochMilli());
            addReceipt.setBytes(4, receipt.outcome());
            addReceipt.addBatch();
            added(receipt.outcome().length);
        }

        void add(Mark mark) throws SQLException {
            addMark.setString(1, mark.turnId());
            addMark.setLong(2, mark.sequence());
            addMark.addBatch();
            added(0);
        }

        private void added(int length) throws SQLException {
            rows++;
            bytes += length;
            if (rows >= BATCH_ROWS || bytes >= BATCH_BYTES) {
                flush();
            }
        }

        private void flush() throws SQLException {
            for (PreparedStatement statement : List.of(addEvent, addReceipt, addMark)) {
                statement.executeBatch();
            }
            rows = 0;
            bytes = 0;
        }

        void moveHead(long sequence, byte[] hash) throws SQLException {
            flush();
            moveHead.setLong(1, sequence);
            moveHead.setBytes(2, hash);
            moveHead.executeUpdate();
        }

        @Override
        public void close() throws SQLException {
            for (PreparedStatement statement :
                    List.of(addEvent, addSegment, addReceipt, addMark, moveHead)) {
                statement.close();
            }
        }
    }
}

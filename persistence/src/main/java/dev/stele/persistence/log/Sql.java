package dev.stele.persistence.log;

import static dev.stele.persistence.generated.Tables.EVENT;
import static dev.stele.persistence.generated.Tables.EVENT_TYPE;
import static dev.stele.persistence.generated.Tables.META;
import static dev.stele.persistence.generated.Tables.PREPARED_SEGMENT;
import static dev.stele.persistence.generated.Tables.PROVIDER_MARK;
import static dev.stele.persistence.generated.Tables.RECEIPT;
import static dev.stele.persistence.generated.Tables.SEGMENT;
import static org.jooq.impl.DSL.count;
import static org.jooq.impl.DSL.excluded;
import static org.jooq.impl.DSL.function;
import static org.jooq.impl.DSL.greatest;
import static org.jooq.impl.DSL.max;
import static org.jooq.impl.DSL.min;
import static org.jooq.impl.DSL.sum;

import java.util.Collections;
import org.jooq.DSLContext;
import org.jooq.Query;
import org.jooq.SQLDialect;
import org.jooq.conf.Settings;
import org.jooq.conf.StatementType;
import org.jooq.impl.DSL;

/**
 * The statements of the stores in one dialect, with a question mark for each value in the order of
 * the fields.
 */
public final class Sql {

    /** Ends a transaction and keeps what was written. */
    public static final String COMMIT = "commit";

    /** Ends a transaction and takes back what was written. */
    public static final String ROLLBACK = "rollback";

    /** So many command ids {@link #receipts} takes; some may be the same. */
    static final int RECEIPTS_AT_ONCE = 32;

    /** Begins a transaction that writes. */
    public final String begin;

    public final String format;
    public final String head;
    public final String eventTypes;
    public final String events;
    public final String chain;
    public final String payloadsOfType;
    public final String lastSeal;
    public final String checkedAfter;
    public final String allReceipts;
    public final String allMarks;
    public final String typeSums;
    public final String times;
    public final String receiptCount;
    public final String markCount;

    /** The receipts of so many command ids as are asked for at once. */
    public final String receipts;

    public final String lastCommandId;
    public final String marks;
    public final String moveHead;
    public final String addEventType;
    public final String addEvent;
    public final String addReceipt;
    public final String raiseMark;

    /** The segment that ends at a place or is the first to end behind it. */
    public final String segment;

    /** The last segment that ends at a place or before it. */
    public final String segmentEnd;

    public final String segmentSums;
    public final String eventSizes;
    public final String addSegment;
    public final String deleteSegments;
    public final String deleteEvents;
    public final String prepared;
    public final String addPrepared;
    public final String deletePrepared;
    public final String changeOutcome;

    static {
        // A library prints nothing about itself.
        System.setProperty("org.jooq.no-logo", "true");
        System.setProperty("org.jooq.no-tips", "true");
    }

    /**
     * The statements.
     *
     * @param dialect of the database
     * @param begin begins a transaction that writes
     */
    public Sql(SQLDialect dialect, String begin) {
        this.begin = begin;
        DSLContext sql =
                DSL.using(
                        dialect,
                        new Settings()
                                .withStatementType(StatementType.PREPARED_STATEMENT)
                                .withExecuteLogging(false));
        format = text(sql.select(META.FORMAT).from(META));
        head = text(sql.select(META.HEAD, META.HEAD_HASH).from(META));
        eventTypes =
                text(
                        sql.select(EVENT_TYPE.ID, EVENT_TYPE.NAME, EVENT_TYPE.VERSION)
                                .from(EVENT_TYPE));
        events =
                text(
                        sql.select(EVENT.SEQUENCE, EVENT.EVENT_TYPE, EVENT.STORED_AT, EVENT.PAYLOAD)
                                .from(EVENT)
                                .where(EVENT.SEQUENCE.gt(0L))
                                .orderBy(EVENT.SEQUENCE)
                                .limit(1));
        chain =
                text(
                        sql.select(
                                        EVENT.SEQUENCE,
                                        EVENT.EVENT_TYPE,
                                        EVENT.STORED_AT,
                                        EVENT.PAYLOAD,
                                        EVENT.HASH)
                                .from(EVENT)
                                .where(EVENT.SEQUENCE.gt(0L))
                                .orderBy(EVENT.SEQUENCE));
        payloadsOfType =
                text(
                        sql.select(EVENT.PAYLOAD)
                                .from(EVENT)
                                .where(EVENT.EVENT_TYPE.eq(0))
                                .orderBy(EVENT.SEQUENCE));
        lastSeal = text(sql.select(EVENT.HASH).from(EVENT).where(EVENT.SEQUENCE.eq(0L)));
        checkedAfter = text(sql.select(META.CHECKED_AFTER).from(META));
        allReceipts =
                text(
                        sql.select(
                                        RECEIPT.COMMAND_ID,
                                        RECEIPT.FINGERPRINT,
                                        RECEIPT.ANSWERED_AT,
                                        RECEIPT.OUTCOME)
                                .from(RECEIPT)
                                .orderBy(RECEIPT.COMMAND_ID));
        allMarks =
                text(
                        sql.select(PROVIDER_MARK.TURN_ID, PROVIDER_MARK.SEQUENCE)
                                .from(PROVIDER_MARK)
                                .orderBy(PROVIDER_MARK.TURN_ID));
        typeSums =
                text(
                        sql.select(
                                        EVENT_TYPE.NAME,
                                        EVENT_TYPE.VERSION,
                                        count(),
                                        sum(function("length", Long.class, EVENT.PAYLOAD)))
                                .from(EVENT)
                                .join(EVENT_TYPE)
                                .on(EVENT_TYPE.ID.eq(EVENT.EVENT_TYPE))
                                .groupBy(EVENT_TYPE.ID));
        times = text(sql.select(min(EVENT.STORED_AT), max(EVENT.STORED_AT)).from(EVENT));
        receiptCount = text(sql.selectCount().from(RECEIPT));
        markCount = text(sql.selectCount().from(PROVIDER_MARK));
        receipts =
                text(
                        sql.select(
                                        RECEIPT.COMMAND_ID,
                                        RECEIPT.FINGERPRINT,
                                        RECEIPT.ANSWERED_AT,
                                        RECEIPT.OUTCOME)
                                .from(RECEIPT)
                                .where(
                                        RECEIPT.COMMAND_ID.in(
                                                Collections.nCopies(RECEIPTS_AT_ONCE, ""))));
        lastCommandId = text(sql.select(max(RECEIPT.COMMAND_ID)).from(RECEIPT));
        marks =
                text(
                        sql.select(PROVIDER_MARK.SEQUENCE)
                                .from(PROVIDER_MARK)
                                .where(PROVIDER_MARK.TURN_ID.eq("")));
        moveHead = text(sql.update(META).set(META.HEAD, 0L).set(META.HEAD_HASH, new byte[0]));
        addEventType =
                text(
                        sql.insertInto(EVENT_TYPE, EVENT_TYPE.NAME, EVENT_TYPE.VERSION)
                                .values("", 0)
                                .onConflictDoNothing());
        addEvent =
                text(
                        sql.insertInto(
                                        EVENT,
                                        EVENT.SEQUENCE,
                                        EVENT.EVENT_TYPE,
                                        EVENT.STORED_AT,
                                        EVENT.PAYLOAD,
                                        EVENT.HASH)
                                .values(0L, 0, 0L, new byte[0], new byte[0]));
        addReceipt =
                text(
                        sql.insertInto(
                                        RECEIPT,
                                        RECEIPT.COMMAND_ID,
                                        RECEIPT.FINGERPRINT,
                                        RECEIPT.ANSWERED_AT,
                                        RECEIPT.OUTCOME)
                                .values("", "", 0L, new byte[0]));
        raiseMark =
                text(
                        sql.insertInto(PROVIDER_MARK, PROVIDER_MARK.TURN_ID, PROVIDER_MARK.SEQUENCE)
                                .values("", 0L)
                                .onConflict(PROVIDER_MARK.TURN_ID)
                                .doUpdate()
                                .set(
                                        PROVIDER_MARK.SEQUENCE,
                                        greatest(
                                                PROVIDER_MARK.SEQUENCE,
                                                excluded(PROVIDER_MARK.SEQUENCE))));
        segment =
                text(
                        sql.select(
                                        SEGMENT.FIRST_SEQUENCE,
                                        SEGMENT.LAST_SEQUENCE,
                                        SEGMENT.END_HASH,
                                        SEGMENT.SIZE,
                                        SEGMENT.PACKED)
                                .from(SEGMENT)
                                .where(SEGMENT.LAST_SEQUENCE.ge(0L))
                                .orderBy(SEGMENT.LAST_SEQUENCE)
                                .limit(1));
        segmentEnd =
                text(
                        sql.select(SEGMENT.LAST_SEQUENCE, SEGMENT.END_HASH)
                                .from(SEGMENT)
                                .where(SEGMENT.LAST_SEQUENCE.le(0L))
                                .orderBy(SEGMENT.LAST_SEQUENCE.desc())
                                .limit(1));
        segmentSums =
                text(
                        sql.select(count(), sum(function("length", Long.class, SEGMENT.PACKED)))
                                .from(SEGMENT));
        eventSizes =
                text(
                        sql.select(EVENT.SEQUENCE, function("length", Long.class, EVENT.PAYLOAD))
                                .from(EVENT)
                                .where(EVENT.SEQUENCE.ge(0L))
                                .orderBy(EVENT.SEQUENCE)
                                .limit(1));
        addSegment =
                text(
                        sql.insertInto(
                                        SEGMENT,
                                        SEGMENT.FIRST_SEQUENCE,
                                        SEGMENT.LAST_SEQUENCE,
                                        SEGMENT.END_HASH,
                                        SEGMENT.SIZE,
                                        SEGMENT.PACKED)
                                .values(0L, 0L, new byte[0], 0L, new byte[0]));
        deleteSegments =
                text(
                        sql.deleteFrom(SEGMENT)
                                .where(SEGMENT.LAST_SEQUENCE.ge(0L))
                                .and(SEGMENT.LAST_SEQUENCE.le(0L)));
        deleteEvents =
                text(sql.deleteFrom(EVENT).where(EVENT.SEQUENCE.ge(0L)).and(EVENT.SEQUENCE.le(0L)));
        prepared =
                text(
                        sql.select(
                                        PREPARED_SEGMENT.FIRST_SEQUENCE,
                                        PREPARED_SEGMENT.LAST_SEQUENCE,
                                        PREPARED_SEGMENT.END_HASH,
                                        PREPARED_SEGMENT.SIZE,
                                        PREPARED_SEGMENT.PACKED,
                                        PREPARED_SEGMENT.DIGEST,
                                        PREPARED_SEGMENT.HEAD)
                                .from(PREPARED_SEGMENT)
                                .orderBy(PREPARED_SEGMENT.LAST_SEQUENCE));
        addPrepared =
                text(
                        sql.insertInto(
                                        PREPARED_SEGMENT,
                                        PREPARED_SEGMENT.FIRST_SEQUENCE,
                                        PREPARED_SEGMENT.LAST_SEQUENCE,
                                        PREPARED_SEGMENT.END_HASH,
                                        PREPARED_SEGMENT.SIZE,
                                        PREPARED_SEGMENT.PACKED,
                                        PREPARED_SEGMENT.DIGEST,
                                        PREPARED_SEGMENT.HEAD)
                                .values(0L, 0L, new byte[0], 0L, new byte[0], "", 0L));
        deletePrepared =
                text(sql.deleteFrom(PREPARED_SEGMENT).where(PREPARED_SEGMENT.LAST_SEQUENCE.eq(0L)));
        changeOutcome =
                text(
                        sql.update(RECEIPT)
                                .set(RECEIPT.OUTCOME, new byte[0])
                                .where(RECEIPT.COMMAND_ID.eq("")));
    }

    /** The statement with a question mark in place of each value. */
    private static String text(Query query) {
        return query.getSQL();
    }
}

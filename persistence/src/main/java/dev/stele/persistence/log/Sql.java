package dev.stele.persistence.log;

import static dev.stele.persistence.generated.Tables.EVENT;
import static dev.stele.persistence.generated.Tables.EVENT_TYPE;
import static dev.stele.persistence.generated.Tables.META;
import static dev.stele.persistence.generated.Tables.PROVIDER_MARK;
import static dev.stele.persistence.generated.Tables.RECEIPT;
import static org.jooq.impl.DSL.count;
import static org.jooq.impl.DSL.excluded;
import static org.jooq.impl.DSL.function;
import static org.jooq.impl.DSL.greatest;
import static org.jooq.impl.DSL.max;
import static org.jooq.impl.DSL.min;
import static org.jooq.impl.DSL.sum;

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
    public final String receipts;
    public final String marks;
    public final String moveHead;
    public final String addEventType;
    public final String addEvent;
    public final String addReceipt;
    public final String raiseMark;

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
                        sql.select(RECEIPT.FINGERPRINT, RECEIPT.ANSWERED_AT, RECEIPT.OUTCOME)
                                .from(RECEIPT)
                                .where(RECEIPT.COMMAND_ID.eq("")));
        marks =
                text(
                        sql.select(PROVIDER_MARK.SEQUENCE)
                                .from(PROVIDER_MARK)
                                .where(PROVIDER_MARK.TURN_ID.eq("")));
        moveHead = text(sql.update(META).set(META.HEAD, 0L).set(META.HEAD_HASH, new byte[0]));
        addEventType =
                text(sql.insertInto(EVENT_TYPE, EVENT_TYPE.NAME, EVENT_TYPE.VERSION).values("", 0));
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
    }

    /** The statement with a question mark in place of each value. */
    private static String text(Query query) {
        return query.getSQL();
    }
}

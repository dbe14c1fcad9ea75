package dev.stele.persistence.sqlite;

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

/** All statements of the store, with a question mark for each value in the order of the fields. */
final class Sql {

    /** The write lock at once: a transaction that begins to read and then writes may fail. */
    static final String BEGIN = "begin immediate";

    /** A look at one state of the store, while others write. */
    static final String BEGIN_READING = "begin deferred";

    static final String COMMIT = "commit";
    static final String ROLLBACK = "rollback";

    /** A copy of one state of the database, without its empty pages. */
    static final String VACUUM_INTO = "vacuum into ?";

    static final String FORMAT;
    static final String HEAD;
    static final String EVENT_TYPES;
    static final String EVENTS;
    static final String CHAIN;
    static final String LAST_SEAL;
    static final String CHECKED_AFTER;
    static final String ALL_RECEIPTS;
    static final String ALL_MARKS;
    static final String TYPE_SUMS;
    static final String TIMES;
    static final String RECEIPT_COUNT;
    static final String MARK_COUNT;
    static final String RECEIPTS;
    static final String LAST_COMMAND_ID;
    static final String MARKS;

    static final String MOVE_HEAD;
    static final String ADD_EVENT_TYPE;
    static final String ADD_EVENT;
    static final String ADD_RECEIPT;
    static final String RAISE_MARK;

    static {
        // A library prints nothing about itself.
        System.setProperty("org.jooq.no-logo", "true");
        System.setProperty("org.jooq.no-tips", "true");
        DSLContext sql =
                DSL.using(
                        SQLDialect.SQLITE,
                        new Settings()
                                .withStatementType(StatementType.PREPARED_STATEMENT)
                                .withExecuteLogging(false));
        FORMAT = text(sql.select(META.FORMAT).from(META));
        HEAD = text(sql.select(META.HEAD, META.HEAD_HASH).from(META));
        EVENT_TYPES =
                text(
                        sql.select(EVENT_TYPE.ID, EVENT_TYPE.NAME, EVENT_TYPE.VERSION)
                                .from(EVENT_TYPE));
        EVENTS =
                text(
                        sql.select(EVENT.SEQUENCE, EVENT.EVENT_TYPE, EVENT.STORED_AT, EVENT.PAYLOAD)
                                .from(EVENT)
                                .where(EVENT.SEQUENCE.gt(0L))
                                .orderBy(EVENT.SEQUENCE)
                                .limit(1));
        CHAIN =
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
        LAST_SEAL = text(sql.select(EVENT.HASH).from(EVENT).where(EVENT.SEQUENCE.eq(0L)));
        CHECKED_AFTER = text(sql.select(META.CHECKED_AFTER).from(META));
        ALL_RECEIPTS =
                text(
                        sql.select(
                                        RECEIPT.COMMAND_ID,
                                        RECEIPT.FINGERPRINT,
                                        RECEIPT.ANSWERED_AT,
                                        RECEIPT.OUTCOME)
                                .from(RECEIPT)
                                .orderBy(RECEIPT.COMMAND_ID));
        ALL_MARKS =
                text(
                        sql.select(PROVIDER_MARK.TURN_ID, PROVIDER_MARK.SEQUENCE)
                                .from(PROVIDER_MARK)
                                .orderBy(PROVIDER_MARK.TURN_ID));
        TYPE_SUMS =
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
        TIMES = text(sql.select(min(EVENT.STORED_AT), max(EVENT.STORED_AT)).from(EVENT));
        RECEIPT_COUNT = text(sql.selectCount().from(RECEIPT));
        MARK_COUNT = text(sql.selectCount().from(PROVIDER_MARK));
        RECEIPTS =
                text(
                        sql.select(RECEIPT.FINGERPRINT, RECEIPT.ANSWERED_AT, RECEIPT.OUTCOME)
                                .from(RECEIPT)
                                .where(RECEIPT.COMMAND_ID.eq("")));
        LAST_COMMAND_ID = text(sql.select(max(RECEIPT.COMMAND_ID)).from(RECEIPT));
        MARKS =
                text(
                        sql.select(PROVIDER_MARK.SEQUENCE)
                                .from(PROVIDER_MARK)
                                .where(PROVIDER_MARK.TURN_ID.eq("")));
        MOVE_HEAD = text(sql.update(META).set(META.HEAD, 0L).set(META.HEAD_HASH, new byte[0]));
        ADD_EVENT_TYPE =
                text(sql.insertInto(EVENT_TYPE, EVENT_TYPE.NAME, EVENT_TYPE.VERSION).values("", 0));
        ADD_EVENT =
                text(
                        sql.insertInto(
                                        EVENT,
                                        EVENT.SEQUENCE,
                                        EVENT.EVENT_TYPE,
                                        EVENT.STORED_AT,
                                        EVENT.PAYLOAD,
                                        EVENT.HASH)
                                .values(0L, 0, 0L, new byte[0], new byte[0]));
        ADD_RECEIPT =
                text(
                        sql.insertInto(
                                        RECEIPT,
                                        RECEIPT.COMMAND_ID,
                                        RECEIPT.FINGERPRINT,
                                        RECEIPT.ANSWERED_AT,
                                        RECEIPT.OUTCOME)
                                .values("", "", 0L, new byte[0]));
        RAISE_MARK =
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

    private Sql() {}

    /** The statement with a question mark in place of each value. */
    private static String text(Query query) {
        return query.getSQL();
    }
}

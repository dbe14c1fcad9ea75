package dev.stele.persistence.postgres;

/**
 * The statements that PostgreSQL alone knows, in which arrays stand for rows. They are texts, since
 * this is what they are about; a test holds their tables against those of all stores.
 *
 * <p>Times are those of the server's clock when they are looked at: {@code now()} would be that of
 * the transaction's beginning, and may have been long ago after a wait for a lock.
 */
final class PostgresSql {

    /** How many values {@link #APPEND} takes to find out whether it may. */
    static final int APPEND_CONDITIONS = 5;

    /**
     * Moves the head if the log stands where it should and the lease is this one's, adds rows of
     * all kinds if so, and wakes those who follow. One row comes back if it did, none if not.
     */
    static final String APPEND =
            """
            with moved as (
              update meta set head = ?, head_hash = ?
              where head = ? and head_hash = ? and lease_token = ? and lease_until > clock_timestamp()
              returning store_id
            ), events as (
              insert into event (sequence, event_type, stored_at, payload, hash)
              select ?::bigint + place, type, ?::bigint, payload, hash
              from moved, rows from (unnest(?::integer[]), unnest(?::bytea[]), unnest(?::bytea[]))
                with ordinality as e (type, payload, hash, place)
            ), receipts as (
              insert into receipt (command_id, fingerprint, answered_at, outcome)
              select id, fingerprint, at, outcome
              from moved, rows from
                (unnest(?::text[]), unnest(?::text[]), unnest(?::bigint[]), unnest(?::bytea[]))
                as r (id, fingerprint, at, outcome)
            ), marks as (
              insert into provider_mark as mark (turn_id, sequence)
              select turn, reached
              from moved, rows from (unnest(?::text[]), unnest(?::bigint[])) as m (turn, reached)
              on conflict (turn_id) do update
                set sequence = greatest(mark.sequence, excluded.sequence)
            )
            select pg_notify('stele_' || store_id, '') from moved
            """;

    /**
     * Adds events to those of {@link #APPEND} in its transaction, where it cannot hold them all.
     */
    static final String ADD_EVENTS =
            """
            insert into event (sequence, event_type, stored_at, payload, hash)
            select ?::bigint + place, type, ?::bigint, payload, hash
            from rows from (unnest(?::integer[]), unnest(?::bytea[]), unnest(?::bytea[]))
              with ordinality as e (type, payload, hash, place)
            """;

    /** Where the log ends, and who may append to it: token, node, and for how many milliseconds. */
    static final String STATE =
            """
            select head, head_hash, lease_token, lease_node,
              (extract(epoch from lease_until - clock_timestamp()) * 1000)::bigint, lease_until
            from meta
            """;

    /** Takes the lease if nobody has it, or renews it if this token has: the token, and the end. */
    static final String TAKE_LEASE =
            """
            update meta set
              lease_token = case when lease_token = ? and lease_until > clock_timestamp()
                then lease_token else lease_token + 1 end,
              lease_node = ?,
              lease_until = clock_timestamp() + ? * interval '1 millisecond'
            where lease_token = ? or lease_until is null or lease_until <= clock_timestamp()
            returning lease_token, lease_until
            """;

    /** Ends the lease of a token, and wakes those who wait for it. */
    static final String RELEASE_LEASE =
            """
            with released as (
              update meta set lease_node = null, lease_until = null
              where lease_token = ? and lease_until > clock_timestamp()
              returning store_id
            )
            select pg_notify('stele_' || store_id, '') from released
            """;

    /** A log that is empty and that nobody writes to, locked for whoever fills it. */
    static final String LOCK_EMPTY =
            """
            select head = 0 and not exists (select from receipt)
              and not exists (select from provider_mark)
              and (lease_until is null or lease_until <= clock_timestamp())
            from meta for update
            """;

    /** The bytes that the tables of the log take with their indexes. */
    static final String ROOM =
            """
            select sum(pg_total_relation_size(name::regclass)) from
              unnest(array['meta', 'event_type', 'event', 'receipt', 'provider_mark', 'segment',
                'prepared_segment']) as t (name)
            """;

    private PostgresSql() {}
}

-- Every event tells the first two bytes of the hash of the chain up to it, and every 128th all of
-- it: so the first event that was tampered with is known by its own row. Stores that were begun
-- without these have them for the events after this one.
alter table meta add column checked_after integer default 0 not null;

/* [jooq ignore start] */
update meta set checked_after = head, format = 2;
/* [jooq ignore stop] */

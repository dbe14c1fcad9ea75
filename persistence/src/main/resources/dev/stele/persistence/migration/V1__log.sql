-- The log of facts, with the answers to commands and the marks of agents' words beside it.
-- Rows of event and receipt are only ever added. What is between "jooq ignore" marks is SQLite's own.

-- One row: which store this is, the form of its tables, and where the log ends.
create table meta (
  id integer primary key,
  store_id varchar(32) not null,
  format integer not null,
  head integer not null,
  head_hash bytea not null
);

-- The kinds of events in their versions, once instead of in every event.
create table event_type (
  id integer primary key,
  name varchar(100) not null,
  version integer not null,
  unique (name, version)
);

-- stored_at is in milliseconds of the epoch. Every 64th event tells the hash of the chain up to it,
-- meta that of the newest: the hash of any other follows from those before it.
create table event (
  sequence integer primary key,
  event_type integer not null references event_type (id),
  stored_at bigint not null,
  payload bytea not null,
  hash bytea
);

-- The answers that command ids got.
create table receipt (
  command_id varchar(100) primary key,
  fingerprint varchar(64) not null,
  answered_at bigint not null,
  outcome bytea not null
) /* [jooq ignore start] */ without rowid /* [jooq ignore stop] */;

-- How far the words of each turn's agent were taken in.
create table provider_mark (
  turn_id varchar(100) primary key,
  sequence integer not null
) /* [jooq ignore start] */ without rowid /* [jooq ignore stop] */;

/* [jooq ignore start] */
insert into meta (id, store_id, format, head, head_hash)
  values (1, lower(hex(randomblob(16))), 1, 0, zeroblob(32));
/* [jooq ignore stop] */

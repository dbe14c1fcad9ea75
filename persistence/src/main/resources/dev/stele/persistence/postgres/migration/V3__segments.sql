-- Stretches of the log whose facts were replaced by fewer ones, each in one packed piece. The hash
-- is that of the chain of the original facts at its end, and size that of the piece when unpacked.
create table segment (
  last_sequence bigint primary key,
  first_sequence bigint not null,
  end_hash bytea not null,
  size integer not null,
  packed bytea not null
);

-- Replacements that nobody reads yet: they become segments once the log tells of them. The head is
-- that of the log when they were written; what tells of them comes after it.
create table prepared_segment (
  last_sequence bigint primary key,
  first_sequence bigint not null,
  end_hash bytea not null,
  size integer not null,
  packed bytea not null,
  digest varchar(64) not null,
  head bigint not null
);

-- Packed already.
alter table segment alter column packed set storage external;

update meta set format = 3;

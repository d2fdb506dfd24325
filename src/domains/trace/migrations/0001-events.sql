-- EPCIS events: append-only, one sequence per commune in the order in which they were committed.

create table trace_store (
  commune_id int not null references commune,
  last_seq bigint not null default 0,
  primary key (commune_id)
);
comment on table trace_store is 'How many events a commune has taken. The row is locked while events are added: their numbers have no gaps, and a higher one is never seen before a lower one.';
select tenant_table('trace_store', 'select, insert, update');

create table trace_capture (
  commune_id int not null references commune,
  id uuid not null,
  created_at timestamptz not null,
  finished_at timestamptz,
  succeeded boolean not null default true,
  behaviour text not null check (behaviour in ('rollback', 'proceed')),
  disclosed boolean not null default false,
  producer_id uuid,
  captured_by text not null,
  document text,
  stored int not null default 0,
  errors json not null default '[]',
  primary key (commune_id, id)
);
comment on table trace_capture is 'Documents that were sent for capture, and what became of them.';
comment on column trace_capture.document is 'As it was sent, until it is worked off.';
create index on trace_capture (commune_id, created_at);
select tenant_table('trace_capture', 'select, insert, update');

create table trace_event (
  commune_id int not null references commune,
  seq bigint not null,
  event_id text collate "C" not null,
  declared boolean not null,
  hash bytea not null check (length(hash) = 32),
  producer_id uuid,
  disclosed boolean not null,
  captured_by text not null,
  record_time timestamptz not null,
  event_time timestamptz not null,
  type text collate "C" not null,
  action text,
  biz_step text collate "C",
  disposition text collate "C",
  read_point text collate "C",
  biz_location text collate "C",
  body json not null,
  context json,
  primary key (commune_id, seq),
  unique (commune_id, event_id, hash, declared)
);
comment on table trace_event is 'EPCIS 2.0 events as they came. Append-only: an event is corrected by another one that declares it wrong.';
comment on column trace_event.declared is 'It declares an event of the same event_id wrong.';
comment on column trace_event.event_id is 'The sender''s eventID, or the hash as ni:///sha-256;….';
comment on column trace_event.hash is 'CBV 2.0 event hash: identity of what happened, whatever its spelling.';
comment on column trace_event.disclosed is 'Strangers may read its public profile.';
comment on column trace_event.body is 'The event itself; may hold what its sender wrote of people. @personal';
comment on column trace_event.context is 'The @context beside the standard''s own, where there was one.';
create index on trace_event (commune_id, hash);
create index on trace_event (commune_id, event_time, seq);
create index on trace_event (commune_id, record_time);
create index on trace_event (commune_id, biz_step, seq);
create index on trace_event (commune_id, disposition, seq);
create index on trace_event (commune_id, read_point, seq);
create index on trace_event (commune_id, biz_location, seq);
create index on trace_event (commune_id, producer_id, seq) where producer_id is not null;
select tenant_table('trace_event', 'select, insert');

create table trace_term (
  commune_id int not null references commune,
  value text collate "C" not null,
  field text collate "C" not null,
  seq bigint not null,
  primary key (commune_id, value, field, seq)
);
comment on table trace_term is 'By what an event is found: things, classes, parents, transactions, parties, each in its one canonical spelling.';
comment on column trace_term.field is 'epc, child, input, output, parent, and with _class behind for quantities; transformation, transaction, source, destination.';
select tenant_table('trace_term', 'select, insert');

create table trace_master (
  commune_id int not null references commune,
  id text collate "C" not null,
  type text not null,
  attributes json not null,
  children text[] not null,
  producer_id uuid,
  updated_at timestamptz not null,
  primary key (commune_id, id)
);
comment on table trace_master is 'Master data that came with documents: attributes of places and classes, and what lies within what.';
select tenant_table('trace_master', 'select, insert, update');

create table trace_query (
  commune_id int not null references commune,
  name text not null,
  owner text not null,
  query json not null,
  created_at timestamptz not null,
  primary key (commune_id, name)
);
comment on table trace_query is 'Named queries.';
comment on column trace_query.owner is 'The key or person that made it: others of the same producer may use it.';
select tenant_table('trace_query', 'select, insert, delete');

create table trace_subscription (
  commune_id int not null references commune,
  id uuid not null,
  query_name text not null,
  owner text not null,
  producer_id uuid,
  dest text not null,
  token bytea,
  stream boolean not null,
  schedule json,
  report_if_empty boolean not null default false,
  initial_record_time timestamptz,
  last_seq bigint not null,
  created_at timestamptz not null,
  last_notified_at timestamptz,
  primary key (commune_id, id),
  foreign key (commune_id, query_name) references trace_query (commune_id, name) on delete cascade
);
comment on table trace_subscription is 'Who is told of new events that a named query finds.';
comment on column trace_subscription.token is 'The subscriber''s signature token, sealed with a key of the installation.';
comment on column trace_subscription.last_seq is 'Events up to this one were told.';
create index on trace_subscription (commune_id, query_name);
select tenant_table('trace_subscription', 'select, insert, update, delete');

-- The Committee's own work: documents in and out, tasks, the week's calendar, publications, paper archives.

create table office_counter (
  commune_id int not null references commune,
  name text not null,
  year int not null,
  last int not null,
  primary key (commune_id, name, year)
);
comment on table office_counter is 'Running numbers of a year without gaps: documents in, documents out.';
select tenant_table('office_counter', 'select, insert, update');

create table office_action (
  commune_id int not null references commune,
  subject_id uuid not null,
  seq int not null,
  subject text not null check (subject in ('document', 'task')),
  kind text not null,
  at timestamptz not null,
  actor_id text not null,
  official_id uuid,
  client_id text,
  data jsonb not null,
  primary key (commune_id, subject_id, seq),
  unique (commune_id, subject_id, client_id)
);
comment on table office_action is 'What happened to a document or a task, in order; never changed. Everything else about them is a fold of it.';
comment on column office_action.official_id is 'The official who acted, if one did.';
select tenant_table('office_action', 'select, insert');

create table office_person (
  commune_id int not null references commune,
  subject_id uuid not null,
  official_id uuid not null,
  part text not null check (part in ('handler', 'with', 'informed')),
  seen_at timestamptz,
  primary key (commune_id, subject_id, official_id),
  foreign key (commune_id, official_id) references registry_official (commune_id, id)
);
comment on table office_person is 'Who works on a document or a task, as its actions leave it; for the lists.';
comment on column office_person.seen_at is 'The read receipt: when the official first opened it.';
create index on office_person (commune_id, official_id);
select tenant_table('office_person');

create table office_file (
  commune_id int not null references commune,
  id uuid not null,
  subject_id uuid not null,
  name text not null,
  file_hash text not null,
  media_type text not null,
  size int not null,
  pages int,
  added_at timestamptz not null,
  added_by text not null,
  primary key (commune_id, id)
);
comment on table office_file is 'Files of documents, tasks and publications; the bytes lie in the content-addressed store.';
create index on office_file (commune_id, subject_id);
select tenant_table('office_file', 'select, insert');

create table office_word (
  commune_id int not null references commune,
  word text not null,
  subject_id uuid not null,
  primary key (commune_id, word, subject_id)
);
comment on table office_word is 'The folded words of a thing''s text, found by their beginnings in any order. Under row-level security text comparison uses an index; trigrams do not.';
create index on office_word (commune_id, subject_id);
select tenant_table('office_word');

create table office_document (
  commune_id int not null references commune,
  id uuid not null,
  direction text not null check (direction in ('in', 'out')),
  year int,
  number int,
  type text not null,
  symbol text,
  sender text,
  issued_on date,
  summary text not null,
  urgency text not null,
  state text not null,
  handler_id uuid,
  due_at timestamptz,
  reply_to uuid,
  made_at timestamptz not null,
  done_at timestamptz,
  reminded_due timestamptz,
  escalated_due timestamptz,
  client_id text,
  last_seq int not null,
  primary key (commune_id, id),
  unique (commune_id, direction, year, number),
  unique (commune_id, client_id),
  foreign key (commune_id, reply_to) references office_document (commune_id, id),
  check ((year is null) = (number is null))
);
comment on table office_document is 'A document in or out as its actions leave it: a projection of the fold, kept for the register and the lists.';
comment on column office_document.number is 'Number in the register of its direction and year (NĐ 30/2020/NĐ-CP art. 15, 22); a draft has none before it is issued.';
comment on column office_document.symbol is 'Số, ký hiệu as printed on the paper.';
comment on column office_document.done_at is 'Documents in: when the work was done or the answer issued. Documents out: when issued.';
comment on column office_document.reminded_due is 'The due time that its people were reminded of, so that each is told once.';
create index on office_document (commune_id, direction, year, number);
create index on office_document (commune_id, state, due_at);
select tenant_table('office_document', 'select, insert, update');

create table office_task (
  commune_id int not null references commune,
  id uuid not null,
  title text not null,
  source text not null,
  source_id text,
  assignee_id uuid not null,
  giver_id uuid,
  unit text not null,
  urgency text not null,
  state text not null,
  progress int not null,
  due_at timestamptz,
  made_at timestamptz not null,
  finished_at timestamptz,
  reminded_due timestamptz,
  escalated_due timestamptz,
  client_id text,
  last_seq int not null,
  primary key (commune_id, id),
  unique (commune_id, client_id),
  foreign key (commune_id, assignee_id) references registry_official (commune_id, id)
);
comment on table office_task is 'A task as its actions leave it: a projection of the fold, kept for the lists.';
comment on column office_task.unit is 'The part of the commune in which the assignee works, as it was when the task was given.';
comment on column office_task.finished_at is 'When the assignee last reported it done; when it was closed, if nobody reported.';
create index on office_task (commune_id, state, due_at);
create index on office_task (commune_id, assignee_id);
create index on office_task (commune_id, source, source_id);
select tenant_table('office_task', 'select, insert, update');

create table office_entry (
  commune_id int not null references commune,
  id uuid not null,
  day date not null,
  from_minute int not null check (from_minute between 0 and 1439),
  to_minute int not null check (to_minute between 1 and 1440),
  title text not null,
  place text,
  chair_id uuid,
  officials uuid[] not null,
  others text,
  preparation text,
  cancelled_at timestamptz,
  sequence int not null default 0,
  changed_at timestamptz not null,
  primary key (commune_id, id),
  check (to_minute > from_minute),
  foreign key (commune_id, chair_id) references registry_official (commune_id, id)
);
comment on table office_entry is 'An entry of the Committee''s work calendar. Cancelled, never deleted, so that phones that subscribed learn of it.';
comment on column office_entry.from_minute is 'Minutes since midnight in Viet Nam.';
comment on column office_entry.sequence is 'Counts the changes (RFC 5545 3.8.7.4).';
create index on office_entry (commune_id, day);
select tenant_table('office_entry', 'select, insert, update');

create table office_feed (
  commune_id int not null references commune,
  id uuid not null,
  user_id text not null,
  official_id uuid,
  token_hash bytea not null,
  made_at timestamptz not null,
  ended_at timestamptz,
  primary key (commune_id, id),
  unique (commune_id, token_hash)
);
comment on table office_feed is 'A secret address under which a phone subscribes to the calendar; only the hash is kept.';
comment on column office_feed.official_id is 'Only the entries of this official; null for the whole Committee.';
create index on office_feed (commune_id, user_id);
select tenant_table('office_feed', 'select, insert, update');

create table office_publication (
  commune_id int not null references commune,
  id uuid not null,
  item text not null,
  title text not null,
  channels text[] not null,
  decided_on date not null,
  from_day date,
  to_day date,
  place text,
  link text,
  official_id uuid,
  note text,
  withdrawn_at timestamptz,
  made_at timestamptz not null,
  made_by text not null,
  version int not null default 1,
  primary key (commune_id, id),
  check (to_day is null or from_day is not null and to_day >= from_day)
);
comment on table office_publication is 'What the commune published, where, from when to when (Luật 10/2022/QH15 art. 11, 12).';
comment on column office_publication.item is 'One of the fourteen groups, in catalog/publication-items.json.';
comment on column office_publication.decided_on is 'The day of the decision or event from which the five working days count.';
create index on office_publication (commune_id, item, decided_on);
select tenant_table('office_publication', 'select, insert, update');

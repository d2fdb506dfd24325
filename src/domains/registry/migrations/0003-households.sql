-- Households, who belongs to them from when to when, and the book of what happened to them.

-- The constraints on overlapping days take 64 bits of hash for the id: GiST keeps uuids by their first 53 bits, which
-- ids made in one moment have in common, and would search half of its tree for every row. Their conditions are written
-- so that no query can take these indexes for reading: without statistics they look cheaper than they are.
create extension if not exists btree_gist;

create table registry_counter (
  commune_id int not null references commune,
  name text not null,
  last int not null,
  primary key (commune_id, name)
);
comment on table registry_counter is 'Running numbers of this room: household numbers.';
select tenant_table('registry_counter', 'select, insert, update');

create table registry_household (
  commune_id int not null references commune,
  id uuid not null,
  number text not null,
  list_number text,
  opened_on date not null,
  closed_on date check (closed_on >= opened_on),
  head_to_confirm boolean not null default false,
  demo boolean not null default false,
  primary key (commune_id, id),
  unique (commune_id, number)
);
comment on table registry_household is 'Households (hộ). Who belongs to one stands in registry_member, where it lives in registry_household_place.';
comment on column registry_household.number is 'Số hộ: running in the commune.';
comment on column registry_household.list_number is 'The number that the household had in the list it came from.';
comment on column registry_household.closed_on is 'The day on which the last member left.';
comment on column registry_household.head_to_confirm is 'The head died or left by an event that named no new head: the program put one in, a clerk has to look.';
select tenant_table('registry_household', 'select, insert, update');

create table registry_household_place (
  commune_id int not null references commune,
  id uuid not null,
  household_id uuid not null,
  hamlet_id uuid not null,
  address text,
  from_day date not null,
  until_day date check (until_day >= from_day),
  primary key (commune_id, id),
  foreign key (commune_id, household_id) references registry_household (commune_id, id),
  foreign key (commune_id, hamlet_id) references commune_hamlet (commune_id, id),
  exclude using gist (uuid_hash_extended(household_id, 0) with =, commune_id with =, daterange(from_day, until_day) with &&)
    where (num_nonnulls(household_id) = 1)
);
comment on table registry_household_place is 'Where a household lived when; one place at a time.';
comment on column registry_household_place.until_day is 'The day on which it moved: the place holds up to the day before. Null while it lives there.';
comment on column registry_household_place.address is 'House and lane inside the hamlet. @personal';
create index on registry_household_place (commune_id, household_id, from_day);
create index on registry_household_place (commune_id, hamlet_id, household_id) where until_day is null;
select tenant_table('registry_household_place', 'select, insert, update');

create table registry_member (
  commune_id int not null references commune,
  id uuid not null,
  household_id uuid not null,
  resident_id uuid not null,
  relation text not null check (relation in ('head', 'spouse', 'child', 'parent', 'grandparent', 'grandchild', 'sibling',
    'child_in_law', 'parent_in_law', 'relative', 'unrelated')),
  joined_on date not null,
  left_on date check (left_on >= joined_on),
  merge_id uuid,
  primary key (commune_id, id),
  foreign key (commune_id, household_id) references registry_household (commune_id, id),
  foreign key (commune_id, resident_id) references registry_resident (commune_id, id),
  constraint registry_member_one_household
    exclude using gist (uuid_hash_extended(resident_id, 0) with =, commune_id with =, daterange(joined_on, left_on) with &&) where (num_nonnulls(merge_id) = 0),
  constraint registry_member_one_head
    exclude using gist (uuid_hash_extended(household_id, 0) with =, commune_id with =, daterange(joined_on, left_on) with &&)
    where (relation = 'head' and num_nonnulls(merge_id) = 0)
);
comment on table registry_member is 'Who belonged to which household when, and as what to its head. A change of relation ends a row and begins another. One person is in one household at a time, a household has one head at a time: the constraints hold it against everybody.';
comment on column registry_member.left_on is 'The day on which the person left, died or got another relation: the row holds up to the day before. Null while it holds.';
comment on column registry_member.merge_id is 'Set while the row rests because its person was merged into another record.';
create index on registry_member (commune_id, household_id);
create index on registry_member (commune_id, resident_id);
select tenant_table('registry_member');

create table registry_change (
  commune_id int not null references commune,
  id uuid not null,
  day date not null,
  kind text not null,
  household_id uuid,
  resident_id uuid,
  data jsonb not null,
  recorded_at timestamptz not null,
  recorded_by text not null,
  source_kind text,
  source_id uuid,
  client_id text,
  primary key (commune_id, id),
  unique (commune_id, source_kind, source_id),
  unique (commune_id, client_id)
);
comment on table registry_change is 'The book of the register (sổ biến động): what happened to a household or a person, on which day, written when and by whom. Never changed.';
comment on column registry_change.data is 'What belongs to the kind: relation, where to, the other household. @personal';
comment on column registry_change.source_kind is 'What it came from, such as a dossier; one source changes the register once.';
comment on column registry_change.client_id is 'Made by the sender, so that a form sent twice changes the register once.';
create index on registry_change (commune_id, household_id, day);
create index on registry_change (commune_id, resident_id, day);
select tenant_table('registry_change', 'select, insert');

create function registry_name_key(folded text) returns text language sql immutable strict parallel safe
  return (select string_agg(word, ' ' order by word collate "C") from unnest(string_to_array(folded, ' ')) as word);
comment on function registry_name_key is 'The words of a folded name in alphabetical order: names alike but for their order are equal.';

alter table registry_resident
  add column birth_known text not null default 'day' check (birth_known in ('day', 'year')),
  add column name_key text generated always as (registry_name_key(search_text)) stored,
  add column merged_into uuid,
  add foreign key (commune_id, merged_into) references registry_resident (commune_id, id);
comment on column registry_resident.birth_known is 'How exactly the birth is known: of many elders only the year; birth_date is then 1 January.';
comment on column registry_resident.merged_into is 'The record that holds this person now: this one was a duplicate of it.';
comment on column registry_resident.name_key is '@personal';
create index on registry_resident (commune_id, name_key, birth_date);

create table registry_reported_figure (
  commune_id int not null references commune,
  id uuid not null,
  measure text not null check (measure in ('registry.households', 'registry.residents')),
  hamlet_id uuid,
  day date not null,
  value bigint not null check (value >= 0),
  source text not null,
  recorded_at timestamptz not null,
  recorded_by text not null,
  primary key (commune_id, id),
  foreign key (commune_id, hamlet_id) references commune_hamlet (commune_id, id)
);
comment on table registry_reported_figure is 'Numbers that others published for a day. They stand beside what the register counts and never replace it; two sources may disagree.';
comment on column registry_reported_figure.hamlet_id is 'Null for the whole commune.';
create index on registry_reported_figure (commune_id, hamlet_id, day);
select tenant_table('registry_reported_figure', 'select, insert');

-- Groups that the commune looks after (poor households, people with a disability …), and the aid that was given.

create table registry_support (
  commune_id int not null references commune,
  id uuid not null,
  group_code text not null,
  series text not null,
  household_id uuid,
  resident_id uuid,
  from_day date not null,
  until_day date check (until_day >= from_day),
  decision text not null,
  end_decision text,
  demo boolean not null default false,
  recorded_at timestamptz not null,
  recorded_by text not null,
  primary key (commune_id, id),
  check (num_nonnulls(household_id, resident_id) = 1),
  check (until_day is not null or end_decision is null),
  foreign key (commune_id, household_id) references registry_household (commune_id, id),
  foreign key (commune_id, resident_id) references registry_resident (commune_id, id),
  constraint registry_support_once
    exclude using gist (uuid_hash_extended(coalesce(household_id, resident_id), 0) with =, commune_id with =, series with =,
      daterange(from_day, until_day) with &&)
    where (num_nonnulls(series) = 1)
);
comment on table registry_support is 'Which household or person belongs to which group that the commune looks after, from when to when, by which decision. Of groups in one series (poor, near-poor) one at a time: the constraint holds it against everybody.';
comment on column registry_support.group_code is 'As in catalog/groups.json. @personal';
comment on column registry_support.series is 'Groups of one series exclude each other.';
comment on column registry_support.until_day is 'The day from which it no longer holds: it holds up to the day before. Null while it holds.';
comment on column registry_support.decision is 'Number of the decision or certificate. @personal';
comment on column registry_support.end_decision is 'Number of the decision that ended it; none where a death or a move did. @personal';
create index on registry_support (commune_id, group_code, from_day);
create index on registry_support (commune_id, household_id) where household_id is not null;
create index on registry_support (commune_id, resident_id) where resident_id is not null;
select tenant_table('registry_support');

create table registry_aid (
  commune_id int not null references commune,
  id uuid not null,
  household_id uuid,
  resident_id uuid,
  day date not null,
  what text not null,
  amount bigint check (amount > 0),
  source text not null,
  decision text,
  client_id text not null,
  demo boolean not null default false,
  recorded_at timestamptz not null,
  recorded_by text not null,
  cancelled_at timestamptz,
  cancelled_by text,
  primary key (commune_id, id),
  unique (commune_id, client_id),
  check (num_nonnulls(household_id, resident_id) = 1),
  check (num_nonnulls(cancelled_at, cancelled_by) <> 1),
  foreign key (commune_id, household_id) references registry_household (commune_id, id),
  foreign key (commune_id, resident_id) references registry_resident (commune_id, id)
);
comment on table registry_aid is 'Aid that a household or a person received. What was written by mistake is cancelled, never changed.';
comment on column registry_aid.what is 'What was given. @personal';
comment on column registry_aid.amount is 'In đồng; null for goods whose worth is not known.';
comment on column registry_aid.source is 'Who gave it: budget, fund, sponsor. @personal';
comment on column registry_aid.decision is '@personal';
comment on column registry_aid.client_id is 'Made with the form: sent twice it is one gift.';
create index on registry_aid (commune_id, household_id, day) where household_id is not null;
create index on registry_aid (commune_id, resident_id, day) where resident_id is not null;
create index on registry_aid (commune_id, day);
select tenant_table('registry_aid');

-- A death or a move away takes stays back that would have begun later; old ones go when their time is over.
grant delete on registry_stay to xa_app;

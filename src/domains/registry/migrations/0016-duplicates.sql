-- Two records of one person: what is no duplicate is remembered, a merge can be taken back.

create table registry_distinct (
  commune_id int not null references commune,
  first_id uuid not null,
  second_id uuid not null check (second_id > first_id),
  decided_at timestamptz not null,
  decided_by text not null,
  primary key (commune_id, first_id, second_id),
  foreign key (commune_id, first_id) references registry_resident (commune_id, id),
  foreign key (commune_id, second_id) references registry_resident (commune_id, id)
);
comment on table registry_distinct is 'Two records that look alike and are two people: a clerk has looked.';
select tenant_table('registry_distinct', 'select, insert');

create table registry_merge (
  commune_id int not null references commune,
  id uuid not null,
  kept_id uuid not null,
  merged_id uuid not null,
  changes jsonb not null,
  merged_at timestamptz not null,
  merged_by text not null,
  primary key (commune_id, id),
  foreign key (commune_id, kept_id) references registry_resident (commune_id, id),
  foreign key (commune_id, merged_id) references registry_resident (commune_id, id)
);
comment on table registry_merge is 'Two records became one. Never changed; whether it was taken back stands in registry_merge_undone.';
comment on column registry_merge.changes is 'What the kept record took over, which rows of membership came along, rest or were begun: all that is needed to take it back. @personal';
create index on registry_merge (commune_id, merged_at);
select tenant_table('registry_merge', 'select, insert');

create table registry_merge_undone (
  commune_id int not null references commune,
  merge_id uuid not null,
  undone_at timestamptz not null,
  undone_by text not null,
  primary key (commune_id, merge_id),
  foreign key (commune_id, merge_id) references registry_merge (commune_id, id)
);
comment on table registry_merge_undone is 'A merge that was taken back, once.';
select tenant_table('registry_merge_undone', 'select, insert');

create index on registry_resident (commune_id, merged_into) where merged_into is not null;

-- Internal inspections of households and producers, and what was found wrong.

create table farming_inspection (
  commune_id int not null references commune,
  id uuid not null,
  household_id uuid,
  producer_id uuid,
  hamlet_id uuid not null,
  checklist text not null,
  checklist_version int not null,
  inspected_on date not null,
  inspector text not null,
  answers jsonb not null,
  note text,
  recorded_at timestamptz not null,
  recorded_by text not null,
  primary key (commune_id, id),
  check (num_nonnulls(household_id, producer_id) = 1)
);
comment on table farming_inspection is 'An internal inspection (kiểm tra nội bộ) by a checklist of catalog/checklists.json. Append-only.';
comment on column farming_inspection.household_id is 'A household of the registry room, by its plain id. @personal';
comment on column farming_inspection.hamlet_id is 'Where the inspected plots lie: officials of that hamlet read it.';
comment on column farming_inspection.inspector is 'Who inspected. @personal';
comment on column farming_inspection.answers is '{item: yes|no|na}, every item of the checklist.';
create index on farming_inspection (commune_id, inspected_on);
create index on farming_inspection (commune_id, household_id);
select tenant_table('farming_inspection', 'select, insert');

create table farming_nonconformity (
  commune_id int not null references commune,
  id uuid not null,
  inspection_id uuid not null,
  item text not null,
  what text not null,
  due_on date not null,
  closed_on date,
  closed_at timestamptz,
  closed_by text,
  closed_name text,
  closed_note text,
  primary key (commune_id, id),
  unique (commune_id, inspection_id, item),
  foreign key (commune_id, inspection_id) references farming_inspection (commune_id, id),
  check (num_nonnulls(closed_on, closed_at, closed_by, closed_name, closed_note) in (0, 5))
);
comment on table farming_nonconformity is 'What an inspection found wrong (điểm chưa phù hợp); closed once, by somebody who answers for it by name.';
comment on column farming_nonconformity.closed_on is 'The day on which it was found to be put right.';
comment on column farming_nonconformity.closed_name is 'Who found it put right. @personal';
select tenant_table('farming_nonconformity', 'select, insert, update');

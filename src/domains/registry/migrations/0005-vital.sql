-- Births and deaths that other rooms tell of, and what the register did with them.

create table registry_vital (
  commune_id int not null references commune,
  id uuid not null,
  kind text not null check (kind in ('birth', 'death')),
  source_kind text not null,
  source_id uuid not null,
  source_label text not null,
  data jsonb not null,
  state text not null check (state in ('recorded', 'open', 'closed')),
  reason text,
  household_id uuid,
  resident_id uuid,
  told_at timestamptz not null,
  closed_at timestamptz,
  closed_by text,
  primary key (commune_id, id),
  unique (commune_id, source_kind, source_id),
  foreign key (commune_id, household_id) references registry_household (commune_id, id),
  foreign key (commune_id, resident_id) references registry_resident (commune_id, id)
);
comment on table registry_vital is 'A birth or death that a dossier told of: recorded in the register by itself, or open for a clerk where it was not certain who was meant. One source tells once.';
comment on column registry_vital.data is 'Who and when, as the dossier said. @personal';
comment on column registry_vital.reason is 'Why it is open: not_found, several, refused and the error code.';
select tenant_table('registry_vital', 'select, insert, update');

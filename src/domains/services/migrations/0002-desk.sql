-- What the officials' side of the desk keeps beside the dossiers: warnings that were given, filters with a name.

create table services_warning (
  commune_id int not null references commune,
  dossier_id uuid not null,
  kind text not null check (kind in ('due_soon', 'step_due', 'late')),
  due_at timestamptz not null,
  warned_at timestamptz not null,
  primary key (commune_id, dossier_id, kind, due_at),
  foreign key (commune_id, dossier_id) references services_dossier (commune_id, id)
);
comment on table services_warning is 'Which deadline somebody was warned of, so that each is told once; a deadline that moves is a new one.';
select tenant_table('services_warning', 'select, insert');

create table services_saved_filter (
  commune_id int not null references commune,
  id uuid not null,
  user_id text not null,
  name text not null,
  query text not null,
  created_at timestamptz not null,
  primary key (commune_id, id),
  unique (commune_id, user_id, name)
);
comment on table services_saved_filter is 'A work queue under a name of its user''s own: the filters as they stand in the address.';
comment on column services_saved_filter.query is 'The query part of the address, without the question mark.';
select tenant_table('services_saved_filter');

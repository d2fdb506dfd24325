-- Mergers of communes: what each predecessor had when it was merged. A row in every commune that took part.

create table commune_merger (
  commune_id int not null references commune,
  id uuid not null,
  merger_id uuid not null,
  role text not null check (role in ('successor', 'predecessor')),
  day date not null,
  source text not null,
  report jsonb not null,
  done_at timestamptz not null,
  primary key (commune_id, id)
);
comment on table commune_merger is 'Mergers of communes in which this commune took part: the report as it was when the step was taken. Never changed.';
comment on column commune_merger.merger_id is 'The same in every commune that took part.';
comment on column commune_merger.day is 'The first day on which the successor works and the predecessors take nothing in.';
comment on column commune_merger.report is 'Who became part of whom, and what each predecessor had: counts only, no person.';
select tenant_table('commune_merger', 'select, insert');

alter table commune_hamlet add column came_from jsonb;
comment on column commune_hamlet.came_from is 'For a hamlet that a merger brought: the commune and hamlet it was, {commune, communeName, hamlet, name}. The old one stays where it was.';

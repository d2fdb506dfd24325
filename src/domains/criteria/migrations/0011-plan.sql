-- The plan of an indicator: co-workers, the work that pays for it, its risk; steps, each with a day, and when it was done.

alter table criteria_assignment
  add column co_workers uuid[] not null default '{}',
  add column work_id uuid,
  add column risk text,
  add column risk_level text check (risk_level in ('low', 'medium', 'high')),
  add foreign key (commune_id, work_id) references criteria_work (commune_id, id);
comment on column criteria_assignment.co_workers is 'Officials who help the one who answers for it.';
comment on column criteria_assignment.work_id is 'The work whose money it is done with.';
comment on column criteria_assignment.risk is 'What may come in the way, and what is done against it.';

create table criteria_step (
  commune_id int not null references commune,
  id uuid not null,
  set_code text not null,
  indicator text not null,
  what text not null,
  begins_on date not null,
  due date not null,
  official_id uuid,
  task_id uuid,
  entered_by text not null,
  entered_at timestamptz not null,
  primary key (commune_id, id),
  check (begins_on <= due)
);
comment on table criteria_step is 'Steps of an indicator''s plan, only ever added to.';
comment on column criteria_step.task_id is 'The task of the office that was given with it.';
create index on criteria_step (commune_id, set_code, indicator);
select tenant_table('criteria_step', 'select, insert');

create table criteria_step_end (
  commune_id int not null references commune,
  step_id uuid not null,
  way text not null check (way in ('done', 'dropped')),
  on_day date not null,
  note text,
  entered_by text not null,
  entered_at timestamptz not null,
  primary key (commune_id, step_id),
  foreign key (commune_id, step_id) references criteria_step (commune_id, id)
);
comment on table criteria_step_end is 'That a step was done, or is no longer needed.';
select tenant_table('criteria_step_end', 'select, insert');

-- Reports upwards: figures of a month, a half-year or a year, frozen; signed by a person, then sent. Only ever added to.

create table criteria_report (
  commune_id int not null references commune,
  id uuid not null,
  kind text not null check (kind in ('month', 'half', 'year')),
  first_day date not null,
  last_day date not null,
  body text not null,
  digest text not null,
  made_by text not null,
  made_at timestamptz not null,
  primary key (commune_id, id),
  check (first_day <= last_day)
);
comment on table criteria_report is 'Reports on the criteria of a period, frozen byte for byte.';
comment on column criteria_report.digest is 'SHA-256 of the body, in hex.';
create index on criteria_report (commune_id, last_day);
select tenant_table('criteria_report', 'select, insert');

create table criteria_report_act (
  commune_id int not null references commune,
  id uuid not null,
  report_id uuid not null,
  act text not null check (act in ('signed', 'sent', 'failed', 'taken')),
  actor text not null,
  actor_name text not null,
  note text,
  at timestamptz not null,
  primary key (commune_id, id),
  foreign key (commune_id, report_id) references criteria_report (commune_id, id)
);
comment on table criteria_report_act is 'What happened to a report: signed by a person, sent by post of the program, failed, taken by key.';
comment on column criteria_report_act.actor_name is 'The official''s name as it was, or the name of the key. @personal';
create index on criteria_report_act (commune_id, report_id);
create unique index on criteria_report_act (commune_id, report_id) where act = 'signed';
select tenant_table('criteria_report_act', 'select, insert');

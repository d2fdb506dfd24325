-- Criteria sets, values with evidence, signatures, who answers for what, frozen boards, pilots and their money.
-- Values, signatures, assignments and boards are only ever added to: the latest one known on a day counts.

create table criteria_set (
  commune_id int not null references commune,
  code text not null,
  version int not null check (version > 0),
  valid_from date,
  commune_group int not null check (commune_group between 1 and 3),
  body jsonb not null,
  changed_by text not null,
  changed_at timestamptz not null,
  primary key (commune_id, code, version),
  unique (commune_id, code, valid_from)
);
comment on table criteria_set is 'Versions of criteria sets (bộ tiêu chí): themes, objectives, indicators as one body.';
comment on column criteria_set.valid_from is 'The first day of a published version, in force until the next one; null while it is a draft.';
comment on column criteria_set.commune_group is 'Group 1, 2 or 3 of the commune, by which thresholds differ (QĐ 51/2025/QĐ-TTg).';
create unique index on criteria_set (commune_id, code) where valid_from is null;
select tenant_table('criteria_set', 'select, insert, update, delete');

create table criteria_value (
  commune_id int not null references commune,
  id uuid not null,
  set_code text not null,
  indicator text not null,
  hamlet_id uuid,
  on_day date not null,
  value double precision not null,
  evidence text not null,
  entered_by text not null,
  entered_at timestamptz not null,
  primary key (commune_id, id),
  foreign key (commune_id, hamlet_id) references commune_hamlet (commune_id, id)
);
comment on table criteria_value is 'Values typed with dated evidence, where no records of the program say the number.';
comment on column criteria_value.value is 'In the indicator''s unit: shares in percent, yes is 1.';
comment on column criteria_value.evidence is 'The paper, report or photograph that the value stands on.';
create index on criteria_value (commune_id, set_code, on_day);
select tenant_table('criteria_value', 'select, insert');

create table criteria_signature (
  commune_id int not null references commune,
  id uuid not null,
  set_code text not null,
  indicator text not null,
  hamlet_id uuid,
  stage text not null check (stage in ('self', 'review', 'appraisal')),
  verdict text not null check (verdict in ('reached', 'not_reached', 'not_applicable')),
  value double precision,
  judged text not null check (judged in ('reached', 'not_reached', 'unknown')),
  reason text,
  signer text not null,
  signer_name text not null,
  signed_at timestamptz not null,
  primary key (commune_id, id),
  foreign key (commune_id, hamlet_id) references commune_hamlet (commune_id, id),
  check (verdict = judged or reason is not null)
);
comment on table criteria_signature is 'What a person declared of an indicator, beside what its number said at that moment.';
comment on column criteria_signature.judged is 'What the number said; a verdict that says other needs a reason.';
comment on column criteria_signature.signer_name is 'The official''s name as it was.';
create index on criteria_signature (commune_id, set_code, signed_at);
select tenant_table('criteria_signature', 'select, insert');

create table criteria_assignment (
  commune_id int not null references commune,
  id uuid not null,
  set_code text not null,
  indicator text not null,
  official_id uuid not null,
  deadline date,
  steps text,
  task_id uuid,
  assigned_by text not null,
  assigned_at timestamptz not null,
  primary key (commune_id, id)
);
comment on table criteria_assignment is 'Who answers for an indicator, by when and with which steps; the latest counts.';
comment on column criteria_assignment.task_id is 'The task of the office that was given with it.';
create index on criteria_assignment (commune_id, set_code);
select tenant_table('criteria_assignment', 'select, insert');

create table criteria_snapshot (
  commune_id int not null references commune,
  id uuid not null,
  set_code text not null,
  as_of date not null,
  body text not null,
  digest text not null,
  signer_name text not null,
  frozen_at timestamptz not null,
  primary key (commune_id, id)
);
comment on table criteria_snapshot is 'A board as it stood on a day, frozen byte for byte.';
comment on column criteria_snapshot.digest is 'SHA-256 of the body, in hex.';
comment on column criteria_snapshot.signer_name is 'The official''s name as it was.';
select tenant_table('criteria_snapshot', 'select, insert');

create table criteria_pilot (
  commune_id int not null references commune,
  code text not null,
  title_vi text not null,
  title_en text not null,
  lifts text[] not null,
  source text not null,
  primary key (commune_id, code)
);
comment on table criteria_pilot is 'Pilot models (mô hình thí điểm).';
comment on column criteria_pilot.lifts is 'Codes of the indicators that it is to lift.';
select tenant_table('criteria_pilot', 'select, insert');

create table criteria_pilot_line (
  commune_id int not null references commune,
  id uuid not null,
  pilot_code text not null,
  source text not null check (source in ('state', 'other')),
  what text not null,
  amount_dong bigint not null check (amount_dong > 0),
  primary key (commune_id, id),
  foreign key (commune_id, pilot_code) references criteria_pilot (commune_id, code)
);
comment on table criteria_pilot_line is 'Lines of a pilot''s budget by where the money comes from.';
comment on column criteria_pilot_line.amount_dong is 'Whole đồng.';
select tenant_table('criteria_pilot_line', 'select, insert');

-- A person asks that something in his record be put right; a clerk decides.

create table registry_correction (
  commune_id int not null references commune,
  id uuid not null,
  resident_id uuid not null,
  user_id text not null,
  phone text,
  field text not null check (field in ('fullName', 'birthDate', 'sex', 'nationalId', 'phone', 'address')),
  stood text,
  wanted text not null,
  reason text not null,
  paper_hash file_hash,
  paper_size int,
  paper_type text,
  paper_name text,
  paper_erased_at timestamptz,
  state text not null check (state in ('open', 'approved', 'refused', 'withdrawn')),
  asked_at timestamptz not null,
  client_id text not null,
  decided_at timestamptz,
  decided_by text,
  answer text,
  demo boolean not null default false,
  primary key (commune_id, id),
  unique (commune_id, user_id, client_id),
  foreign key (commune_id, resident_id) references registry_resident (commune_id, id),
  check ((state = 'open') = (num_nonnulls(decided_at, decided_by) = 0)),
  check (state <> 'refused' or num_nonnulls(answer) = 1)
);
comment on table registry_correction is 'Requests to correct a person''s record. What is approved is written by the register''s own verbs; old and new value then stand in registry_change.';
comment on column registry_correction.user_id is 'The sign-in that asked: it is told of the decision.';
comment on column registry_correction.phone is 'The telephone that the sign-in had proved. @personal';
comment on column registry_correction.stood is 'What the register held when it was asked, and when it was decided. @personal';
comment on column registry_correction.wanted is 'What is right, as the person says. @personal';
comment on column registry_correction.reason is '@personal';
comment on column registry_correction.paper_name is '@personal';
comment on column registry_correction.answer is 'Why it was refused, in words for the person. @personal';
comment on column registry_correction.client_id is 'Made with the form: sent twice it is one request.';
create unique index on registry_correction (commune_id, resident_id, field) where state = 'open';
create index on registry_correction (commune_id, state, asked_at);
create index on registry_correction (commune_id, resident_id, asked_at);
create index on registry_correction (commune_id, paper_hash);
select tenant_table('registry_correction');

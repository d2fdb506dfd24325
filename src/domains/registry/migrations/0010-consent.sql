-- Consent of people by purpose, under the wording that was shown to them; withdrawn ones are kept.

create table registry_consent (
  commune_id int not null references commune,
  id uuid not null,
  resident_id uuid not null,
  purpose text not null,
  wording text not null,
  way text not null check (way in ('own', 'counter')),
  given_at timestamptz not null,
  given_by text not null,
  paper_hash file_hash,
  paper_size int,
  paper_type text,
  paper_name text,
  withdrawn_at timestamptz check (withdrawn_at >= given_at),
  withdrawn_by text,
  demo boolean not null default false,
  primary key (commune_id, id),
  foreign key (commune_id, resident_id) references registry_resident (commune_id, id),
  check (way = 'own' or num_nonnulls(paper_hash) = 1),
  check (num_nonnulls(withdrawn_at, withdrawn_by) in (0, 2))
);
comment on table registry_consent is 'What a person agreed to, for which purpose, under which wording; one consent for a purpose at a time. Withdrawn ones are kept with their moment until their time is over (catalog/retention.json).';
comment on column registry_consent.purpose is 'Code of catalog/consents.json.';
comment on column registry_consent.wording is 'Version of the text that was agreed to.';
comment on column registry_consent.way is 'own: on the person''s own page; counter: a clerk recorded a signed paper.';
comment on column registry_consent.paper_name is 'Name of the scan of the signed paper. @personal';
create unique index on registry_consent (commune_id, resident_id, purpose) where withdrawn_at is null;
create index on registry_consent (commune_id, resident_id, given_at);
create index on registry_consent (commune_id, paper_hash);
select tenant_table('registry_consent');

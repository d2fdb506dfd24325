-- The ground that every room stands on: the tenant rule, the list of communes, the audit record, the door to the job queue.
-- Group roles (xa_app, xa_worker, xa_auth) are made before this file runs; see src/app/database/roles.ts.

create extension if not exists unaccent;
create extension if not exists pg_trgm;

create schema if not exists jobs authorization xa_worker;
create schema if not exists auth authorization xa_auth;

/* Run once after every `create table` of a tenant table: isolation by commune that nobody can forget. */
create function tenant_table(target regclass, privileges text default 'select, insert, update, delete') returns void
language plpgsql as $$
begin
  execute format('alter table %s enable row level security', target);
  execute format('alter table %s force row level security', target);
  execute format(
    'create policy tenant on %s using (commune_id = nullif(current_setting(''app.commune_id'', true), '''')::int) '
    'with check (commune_id = nullif(current_setting(''app.commune_id'', true), '''')::int)', target);
  execute format('grant %s on %s to xa_app', privileges, target);
  if exists (select from pg_extension where extname = 'citus') then
    perform create_distributed_table(target::text, 'commune_id');
  end if;
end $$;
comment on function tenant_table is 'Row-level security, grants and (on Citus) distribution for one tenant table.';

/* Run once after every `create table` of a national catalogue: the same rows for every commune, read only for the application. */
create function reference_table(target regclass) returns void
language plpgsql as $$
begin
  execute format('grant select on %s to xa_app', target);
  if exists (select from pg_extension where extname = 'citus') then
    perform create_reference_table(target::text);
  end if;
end $$;

create table commune (
  id int primary key,
  slug text not null unique check (slug ~ '^[a-z0-9-]{2,40}$'),
  name text not null,
  hosts text[] not null default '{}',
  agency_code text not null,
  demo boolean not null default false,
  created_at timestamptz not null default now()
);
comment on table commune is 'The communes served by this installation. The id is ours, never an official code.';
comment on column commune.hosts is 'Host names (without port) under which this commune is reached.';
comment on column commune.agency_code is 'Agency identifier in dossier codes (TT 01/2018/TT-VPCP art. 19), e.g. H55.242; configuration, not an administrative code.';
comment on column commune.demo is 'Demo communes show sign-in codes on screen; refused wherever a real commune exists.';
select reference_table('commune');

create table audit_entry (
  commune_id int not null references commune,
  id uuid not null,
  at timestamptz not null,
  actor_kind text not null,
  actor_id text,
  action text not null,
  outcome text not null check (outcome in ('done', 'seen', 'refused')),
  subject_kind text,
  subject_id text,
  purpose text,
  request_id text,
  commitment bytea not null,
  primary key (commune_id, id)
);
comment on table audit_entry is 'Who did, saw or was refused what, when and for which purpose. Append-only: the application may insert and read.';
comment on column audit_entry.commitment is 'sha256(salt || canonical JSON of the detail); the detail can be erased, the commitment stays.';
create index on audit_entry (commune_id, subject_kind, subject_id, at);
create index on audit_entry (commune_id, at);
select tenant_table('audit_entry', 'select, insert');

create table audit_detail (
  commune_id int not null,
  entry_id uuid not null,
  salt bytea not null,
  detail jsonb not null,
  primary key (commune_id, entry_id),
  foreign key (commune_id, entry_id) references audit_entry (commune_id, id)
);
comment on table audit_detail is 'What an audit entry says beyond its frame, with its salt. Kept beside the chain so that personal data can be erased.';
select tenant_table('audit_detail', 'select, insert');

/* The only way from the application into the job queue: a job row in the same transaction as the write. */
create function xa_enqueue(task text, payload json, job_key text default null, run_at timestamptz default null) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  perform jobs.add_job(task, payload, job_key => job_key, run_at => run_at, max_attempts => 8);
end $$;

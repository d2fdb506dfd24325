-- The chain over the audit record. Entries are chained after they are committed, by a job (see src/domains/audit):
-- chaining inside the writing transaction would make every write of a commune wait for every other.

alter table audit_entry
  add column recorded_at timestamptz not null default clock_timestamp(),
  add column has_detail boolean not null default false;
comment on column audit_entry.recorded_at is 'The machine''s clock when the row was written; `at` is the time of the act as the program knew it.';
comment on column audit_entry.has_detail is 'Whether a detail was written beside the entry: it may be missing later only if an erasure is recorded.';
-- Rows come in the order of this column: a block range index costs almost nothing and finds the newest ones.
create index on audit_entry using brin (recorded_at);

create table audit_link (
  commune_id int not null references commune,
  seq bigint not null check (seq > 0),
  entry_id uuid not null,
  prev bytea not null,
  hash bytea not null,
  linked_at timestamptz not null,
  primary key (commune_id, seq),
  unique (commune_id, entry_id),
  foreign key (commune_id, entry_id) references audit_entry (commune_id, id)
);
comment on table audit_link is 'The audit record''s chain: one link per entry, in the order in which they were chained. Append-only.';
comment on column audit_link.hash is 'sha256(prev || canonical JSON of the entry''s frame and linked_at); see src/domains/audit/chain.ts.';
select tenant_table('audit_link', 'select, insert');

/*
 * Erases the detail of one entry (it may name people) and writes the erasure into the record, in one step:
 * the application can do neither without the other. False where there is nothing to erase.
 */
create function audit_erase_detail(
  entry uuid, reason text, erasure_id uuid, erased_at timestamptz, actor_kind text, actor_id text, request_id text
) returns boolean
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  commune int := nullif(current_setting('app.commune_id', true), '')::int;
begin
  if commune is null or coalesce(trim(reason), '') = '' then
    raise exception 'an erasure needs a commune and a reason';
  end if;
  delete from public.audit_detail d where d.commune_id = commune and d.entry_id = entry;
  if not found then
    return false;
  end if;
  insert into public.audit_entry (commune_id, id, at, actor_kind, actor_id, action, outcome,
    subject_kind, subject_id, purpose, request_id, commitment)
  values (commune, erasure_id, erased_at, actor_kind, actor_id, 'audit.detail.erase', 'done',
    'audit_entry', entry::text, reason, request_id, sha256(uuid_send(gen_random_uuid())));
  return true;
end $$;
revoke all on function audit_erase_detail from public;
grant execute on function audit_erase_detail to xa_app;

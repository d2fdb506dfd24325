-- A commune that became part of another one closes: from that day on nothing of it is written, everything of it stays readable.

alter table commune
  add column closed_from date,
  add column successor_id int references commune,
  add column successor_reads boolean not null default false,
  add check ((closed_from is null) = (successor_id is null)),
  add check (successor_id <> id);
comment on column commune.closed_from is 'The first day on which it takes nothing in any more: its transactions are read-only then, but for sign-in and the audit record.';
comment on column commune.successor_id is 'The commune that it became part of. Nothing changes its commune_id: what it kept stays its own.';
comment on column commune.successor_reads is 'Officials of the successor may read here with the roles they hold there.';

-- Paper archives being digitised: archives, batches of scans, the pages, and the index made of them.

create table office_archive (
  commune_id int not null references commune,
  id uuid not null,
  name text not null,
  kind text not null,
  place text,
  from_year int not null,
  to_year int not null check (to_year >= from_year),
  expected int not null check (expected >= 0),
  retention_years int check (retention_years > 0),
  closed boolean not null default false,
  note text,
  made_at timestamptz not null,
  primary key (commune_id, id),
  unique (commune_id, name)
);
comment on table office_archive is 'A body of paper (a register, a run of dossiers) that is being digitised.';
comment on column office_archive.expected is 'How many pieces are to be indexed: what is done is counted, what remains is the difference.';
comment on column office_archive.retention_years is 'How long a piece is kept after its year; null: for ever.';
comment on column office_archive.closed is 'Only leaders and who keeps the archive open its pieces.';
select tenant_table('office_archive', 'select, insert, update');

create table office_batch (
  commune_id int not null references commune,
  id uuid not null,
  archive_id uuid not null,
  name text not null,
  state text not null check (state in ('open', 'checking', 'checked')),
  checked int not null default 0,
  made_at timestamptz not null,
  made_by text not null,
  primary key (commune_id, id),
  foreign key (commune_id, archive_id) references office_archive (commune_id, id)
);
comment on table office_batch is 'Scans that were handed in together. The check of order and quality is a job; `checked` is its progress.';
create index on office_batch (commune_id, archive_id);
select tenant_table('office_batch', 'select, insert, update');

create table office_item (
  commune_id int not null references commune,
  id uuid not null,
  archive_id uuid not null,
  kind text not null,
  number text,
  year int not null,
  title text not null,
  person text,
  hamlet_id uuid,
  resident_id uuid,
  dossier_code text,
  keep_until date,
  made_at timestamptz not null,
  made_by text not null,
  primary key (commune_id, id),
  foreign key (commune_id, archive_id) references office_archive (commune_id, id),
  foreign key (commune_id, hamlet_id) references commune_hamlet (commune_id, id),
  foreign key (commune_id, resident_id) references registry_resident (commune_id, id)
);
comment on table office_item is 'One indexed piece of an archive: a decision, a civil status act, a dossier.';
comment on column office_item.person is 'The name on the paper. @personal';
comment on column office_item.keep_until is 'The last day on which it must be kept; null: for ever. Nothing is destroyed by itself.';
create index on office_item (commune_id, archive_id, year);
create index on office_item (commune_id, resident_id);
select tenant_table('office_item', 'select, insert, update');

create table office_scan (
  commune_id int not null references commune,
  id uuid not null,
  batch_id uuid not null,
  position int not null,
  name text not null,
  file_hash text not null,
  media_type text not null,
  size int not null,
  pages int,
  width int,
  height int,
  faults text[] not null default '{}',
  verdict text check (verdict in ('good', 'redo')),
  item_id uuid,
  primary key (commune_id, id),
  foreign key (commune_id, batch_id) references office_batch (commune_id, id),
  foreign key (commune_id, item_id) references office_item (commune_id, id)
);
comment on table office_scan is 'One scanned page (or PDF) of a batch, in its order; the bytes lie in the content-addressed store.';
comment on column office_scan.faults is 'What the check found: small, blank, twice, gap.';
comment on column office_scan.verdict is 'What a person decided after looking; null: nobody has looked yet.';
create index on office_scan (commune_id, batch_id, position);
create index on office_scan (commune_id, item_id);
select tenant_table('office_scan', 'select, insert, update');

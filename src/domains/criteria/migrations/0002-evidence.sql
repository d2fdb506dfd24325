-- Files and photographs as evidence: of a typed value or of a signature. Only ever added to.

create table criteria_file (
  commune_id int not null references commune,
  id uuid not null,
  set_code text not null,
  indicator text not null,
  hamlet_id uuid,
  of_id uuid not null,
  on_day date not null,
  name text not null,
  file_hash file_hash not null,
  media_type text not null,
  size int not null,
  added_by text not null,
  added_at timestamptz not null,
  primary key (commune_id, id),
  foreign key (commune_id, hamlet_id) references commune_hamlet (commune_id, id)
);
comment on table criteria_file is 'Files of values and signatures; the bytes lie in the content-addressed store.';
comment on column criteria_file.of_id is 'The value or the signature that it is evidence of.';
comment on column criteria_file.on_day is 'The day of the value or of the signature: boards of earlier days do not show it.';
create index on criteria_file (commune_id, set_code, on_day);
create index on criteria_file (commune_id, file_hash);
select tenant_table('criteria_file', 'select, insert');

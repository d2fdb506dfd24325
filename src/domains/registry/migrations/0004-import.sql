-- Lists of people that a commune brings along: staged row by row, checked, then entered.

create table registry_import (
  commune_id int not null references commune,
  id uuid not null,
  file_name text not null,
  state text not null check (state in ('columns', 'checking', 'checked', 'entering', 'done')),
  head_row int not null,
  columns jsonb not null,
  hamlet_id uuid,
  on_day date not null,
  mode text check (mode in ('whole', 'part')),
  total int not null,
  progress int not null default 0,
  worked_at timestamptz,
  created_at timestamptz not null,
  created_by text not null,
  finished_at timestamptz,
  primary key (commune_id, id),
  foreign key (commune_id, hamlet_id) references commune_hamlet (commune_id, id)
);
comment on table registry_import is 'A list of people on its way into the register.';
comment on column registry_import.head_row is 'The row with the heads of the columns, as the spreadsheet counts.';
comment on column registry_import.columns is 'Column (from 0) → field.';
comment on column registry_import.on_day is 'Since when the households of the list are in the register.';
comment on column registry_import.worked_at is 'When the job last said that it goes on; an import that stands still can be begun anew.';
select tenant_table('registry_import');

create table registry_import_row (
  commune_id int not null references commune,
  import_id uuid not null,
  row_no int not null,
  cells jsonb not null,
  person jsonb,
  findings jsonb,
  group_no int,
  state text not null default 'raw' check (state in ('raw', 'skipped', 'faulty', 'new', 'joins', 'same', 'done')),
  resident_id uuid,
  primary key (commune_id, import_id, row_no),
  foreign key (commune_id, import_id) references registry_import (commune_id, id)
);
comment on table registry_import_row is 'One row of a list; forgotten thirty days after the list was entered.';
comment on column registry_import_row.row_no is 'As the spreadsheet counts, from 1.';
comment on column registry_import_row.cells is 'What stood in the row. @personal';
comment on column registry_import_row.person is 'What was read from it. @personal';
comment on column registry_import_row.state is 'new: somebody new; joins: known, comes into the household; same: there already; done: entered.';
create index on registry_import_row (commune_id, import_id, group_no);
select tenant_table('registry_import_row');

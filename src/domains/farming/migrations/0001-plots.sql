-- Growing areas and plots. A plot's shape is only ever added to: the newest version up to a day holds on that day.
-- Every other span of days names its last day, which still belongs to it.

create table farming_area (
  commune_id int not null references commune,
  id uuid not null,
  code text,
  code_format text,
  name text not null,
  crop text not null default 'tea',
  producer_id uuid,
  from_day date not null,
  last_day date check (last_day >= from_day),
  source text,
  verified boolean not null default false,
  version int not null default 1,
  demo boolean not null default false,
  created_at timestamptz not null,
  primary key (commune_id, id),
  unique (commune_id, code)
);
comment on table farming_area is 'Growing areas (vùng trồng): plots that are looked after and certified together, with their code where one was granted.';
comment on column farming_area.code is 'As granted (Luật Trồng trọt 31/2018 art. 64); null where none was granted.';
comment on column farming_area.code_format is 'Which format of catalog/area-codes.json the code has.';
comment on column farming_area.producer_id is 'Who answers for the area: a producer of the producers room, by its plain id.';
comment on column farming_area.verified is 'The decision that granted the code was seen.';
select tenant_table('farming_area', 'select, insert, update');

create table farming_hamlet_prefix (
  commune_id int not null references commune,
  hamlet_id uuid not null,
  prefix text not null check (prefix ~ '^[A-Z][A-Z0-9]{1,5}$'),
  last_number int not null default 0,
  primary key (commune_id, hamlet_id),
  unique (commune_id, prefix),
  foreign key (commune_id, hamlet_id) references commune_hamlet (commune_id, id)
);
comment on table farming_hamlet_prefix is 'The letters with which a hamlet''s plot codes begin, and the last number given; neither is ever used again.';
select tenant_table('farming_hamlet_prefix', 'select, insert, update');

create table farming_plot (
  commune_id int not null references commune,
  id uuid not null,
  code text not null check (code ~ '^[A-Z][A-Z0-9]{1,5}-[0-9]{4,6}$'),
  hamlet_id uuid not null,
  name text,
  search_text text not null,
  slope_deg int check (slope_deg between 0 and 60),
  irrigation text check (irrigation in ('rain', 'hand', 'hose', 'sprinkler', 'drip')),
  note text,
  from_day date not null,
  last_day date check (last_day >= from_day),
  version int not null default 1,
  demo boolean not null default false,
  client_id uuid,
  created_at timestamptz not null,
  primary key (commune_id, id),
  unique (commune_id, code),
  unique (commune_id, client_id),
  foreign key (commune_id, hamlet_id) references commune_hamlet (commune_id, id)
);
comment on table farming_plot is 'A piece of land with one crop, as it is looked after: the smallest thing that the diary and the chain of lots know.';
comment on column farming_plot.code is 'Letters of the hamlet and a number, read over the phone: KC-0012. Never changes, never given twice.';
comment on column farming_plot.name is 'What its people call it.';
comment on column farming_plot.search_text is 'Folded code and name.';
comment on column farming_plot.slope_deg is 'Mean slope in degrees.';
comment on column farming_plot.last_day is 'The last day on which tea stood here; null while it does.';
comment on column farming_plot.version is 'Counts the changes: a form that was opened before another change is refused.';
comment on column farming_plot.client_id is 'Made by the sender: the same plot sent twice is one plot.';
create index on farming_plot (commune_id, hamlet_id);
select tenant_table('farming_plot', 'select, insert, update');

create table farming_plot_holder (
  commune_id int not null references commune,
  id uuid not null,
  plot_id uuid not null,
  household_id uuid,
  producer_id uuid,
  from_day date not null,
  last_day date check (last_day >= from_day),
  primary key (commune_id, id),
  foreign key (commune_id, plot_id) references farming_plot (commune_id, id),
  check (num_nonnulls(household_id, producer_id) = 1),
  exclude using gist (commune_id with =, plot_id with =, daterange(from_day, last_day, '[]') with &&)
);
comment on table farming_plot_holder is 'Who works a plot, from when to when: a household, or a producer by itself; one at a time.';
comment on column farming_plot_holder.household_id is 'A household of the registry room, by its plain id. @personal';
comment on column farming_plot_holder.producer_id is 'A producer of the producers room, by its plain id.';
create index on farming_plot_holder (commune_id, household_id);
select tenant_table('farming_plot_holder', 'select, insert, update');

create table farming_plot_area (
  commune_id int not null references commune,
  id uuid not null,
  plot_id uuid not null,
  area_id uuid not null,
  from_day date not null,
  last_day date check (last_day >= from_day),
  primary key (commune_id, id),
  foreign key (commune_id, plot_id) references farming_plot (commune_id, id),
  foreign key (commune_id, area_id) references farming_area (commune_id, id),
  exclude using gist (commune_id with =, plot_id with =, daterange(from_day, last_day, '[]') with &&)
);
comment on table farming_plot_area is 'Which growing area a plot belongs to, from when to when; one at a time.';
create index on farming_plot_area (commune_id, area_id);
select tenant_table('farming_plot_area', 'select, insert, update');

create table farming_plot_shape (
  commune_id int not null references commune,
  plot_id uuid not null,
  version int not null,
  valid_from date not null,
  kind text not null check (kind in ('polygon', 'multipolygon', 'point')),
  geojson jsonb not null,
  area_m2 int not null check (area_m2 > 0),
  accuracy_m double precision check (accuracy_m >= 0),
  made_by text not null check (made_by in ('draw', 'walk', 'import', 'typed', 'demo')),
  source_name text,
  source_row int,
  west double precision not null,
  south double precision not null,
  east double precision not null,
  north double precision not null,
  recorded_at timestamptz not null,
  recorded_by text not null,
  primary key (commune_id, plot_id, version),
  foreign key (commune_id, plot_id) references farming_plot (commune_id, id)
);
comment on table farming_plot_shape is 'Where a plot is and how large, version by version. Append-only; the days never run backwards, so the newest version up to a day holds on it.';
comment on column farming_plot_shape.geojson is 'A GeoJSON geometry, WGS 84, longitude first.';
comment on column farming_plot_shape.area_m2 is 'Square metres: the geodesic area of a polygon, what was stated of a point.';
comment on column farming_plot_shape.accuracy_m is 'How far a corner may be off, in metres, as the device or surveyor stated.';
comment on column farming_plot_shape.source_name is 'The file it was taken from.';
comment on column farming_plot_shape.source_row is 'Which shape of the file, from 1.';
create index on farming_plot_shape (commune_id, west, east);
select tenant_table('farming_plot_shape', 'select, insert');

create table farming_planting (
  commune_id int not null references commune,
  id uuid not null,
  plot_id uuid not null,
  cultivar text not null,
  planted_year int check (planted_year between 1900 and 2200),
  area_m2 int check (area_m2 > 0),
  from_day date not null,
  last_day date check (last_day >= from_day),
  primary key (commune_id, id),
  foreign key (commune_id, plot_id) references farming_plot (commune_id, id)
);
comment on table farming_planting is 'What stands on a plot: cultivar and planting year, from when to when; several cultivars may share a plot.';
comment on column farming_planting.cultivar is 'A code of catalog/cultivars.json.';
comment on column farming_planting.area_m2 is 'Its part of the plot; null for the whole.';
create index on farming_planting (commune_id, plot_id);
select tenant_table('farming_planting', 'select, insert, update');

create table farming_test (
  commune_id int not null references commune,
  id uuid not null,
  plot_id uuid,
  area_id uuid,
  kind text not null check (kind in ('soil', 'water', 'leaf')),
  sampled_on date not null,
  laboratory text not null,
  number text,
  values jsonb not null default '[]',
  passed boolean,
  valid_to date check (valid_to >= sampled_on),
  file_hash file_hash,
  file_size int,
  file_type text,
  file_name text,
  recorded_at timestamptz not null,
  recorded_by text not null,
  replaces_id uuid,
  demo boolean not null default false,
  primary key (commune_id, id),
  foreign key (commune_id, plot_id) references farming_plot (commune_id, id),
  foreign key (commune_id, area_id) references farming_area (commune_id, id),
  foreign key (commune_id, replaces_id) references farming_test (commune_id, id),
  unique (commune_id, replaces_id),
  check (num_nonnulls(plot_id, area_id) = 1)
);
comment on table farming_test is 'What a laboratory found in soil, water or leaf of a plot or an area. Never changed: a wrong one is replaced.';
comment on column farming_test.values is '[{what, value, unit, limit}] as the report states them.';
comment on column farming_test.passed is 'What the report concludes; null where it concludes nothing.';
comment on column farming_test.valid_to is 'The last day on which it counts; null where the report sets none.';
create index on farming_test (commune_id, plot_id);
create index on farming_test (commune_id, area_id);
create index on farming_test (commune_id, file_hash);
select tenant_table('farming_test', 'select, insert');

create table farming_certificate_plot (
  commune_id int not null references commune,
  certificate_id uuid not null,
  plot_id uuid not null,
  from_day date not null,
  last_day date check (last_day >= from_day),
  primary key (commune_id, certificate_id, plot_id, from_day),
  foreign key (commune_id, plot_id) references farming_plot (commune_id, id)
);
comment on table farming_certificate_plot is 'The plots that a certificate names. A certificate with no plot here covers all plots of its producer''s members.';
comment on column farming_certificate_plot.certificate_id is 'A certificate of the producers room, by its plain id.';
create index on farming_certificate_plot (commune_id, plot_id);
select tenant_table('farming_certificate_plot', 'select, insert, update');

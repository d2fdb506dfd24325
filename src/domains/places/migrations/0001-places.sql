-- Where things are: the digital address of every house, and the commune's public works with their condition over time.

create table places_address (
  commune_id int not null references commune,
  id uuid not null,
  code text not null,
  hamlet_id uuid not null,
  number text not null,
  number_key text not null,
  lat double precision not null check (lat between -90 and 90),
  lng double precision not null check (lng between -180 and 180),
  location_code text not null,
  shown boolean not null,
  issued_on date not null,
  ended_on date,
  demo boolean not null default false,
  primary key (commune_id, id),
  unique (commune_id, code),
  foreign key (commune_id, hamlet_id) references commune_hamlet (commune_id, id)
);
comment on table places_address is 'The digital address of a house as it is now: the fold of its changes, kept because a number is unique in its hamlet.';
comment on column places_address.code is 'On the plate and in its QR; stays for life, also when the house moves.';
comment on column places_address.number is 'House number as written on the plate: 12, 12A, 12/3.';
comment on column places_address.number_key is 'The number for comparing: without spaces, upper case.';
comment on column places_address.location_code is 'Open Location Code, ten signs.';
comment on column places_address.shown is 'The household agreed that the place is shown on the public map.';
comment on column places_address.ended_on is 'The first day on which it no longer holds.';
create unique index on places_address (commune_id, hamlet_id, number_key) where ended_on is null;
create index on places_address (commune_id, location_code);
select tenant_table('places_address');

create table places_address_change (
  commune_id int not null references commune,
  address_id uuid not null,
  seq int not null,
  kind text not null check (kind in ('issue', 'move', 'correct', 'show', 'hide', 'end')),
  on_day date not null,
  hamlet_id uuid not null,
  number text not null,
  lat double precision not null,
  lng double precision not null,
  location_code text not null,
  reason text,
  at timestamptz not null,
  by_actor text not null,
  primary key (commune_id, address_id, seq),
  foreign key (commune_id, address_id) references places_address (commune_id, id)
);
comment on table places_address_change is 'What happened to an address, only ever added to; each row holds the whole address after it.';
comment on column places_address_change.on_day is 'From when it holds. A correction holds from the day of what it corrects. Never earlier than the row before.';
create index on places_address_change (commune_id, on_day);
select tenant_table('places_address_change', 'select, insert');

create table places_work (
  commune_id int not null references commune,
  id uuid not null,
  kind text not null check (kind in ('road', 'irrigation', 'transformer', 'school', 'hall')),
  name text not null,
  search_text text not null,
  hamlet_id uuid,
  lat double precision check (lat between -90 and 90),
  lng double precision check (lng between -180 and 180),
  in_use_from date not null,
  ended_on date,
  demo boolean not null default false,
  primary key (commune_id, id),
  foreign key (commune_id, hamlet_id) references commune_hamlet (commune_id, id),
  check ((lat is null) = (lng is null))
);
comment on table places_work is 'Public works and facilities: what they are and where. How they stand is said by inspections.';
comment on column places_work.hamlet_id is 'Null for a work of the whole commune.';
comment on column places_work.ended_on is 'The first day on which it is no longer in use.';
create index on places_work (commune_id, kind);
create index on places_work (commune_id, hamlet_id);
select tenant_table('places_work');

create table places_inspection (
  commune_id int not null references commune,
  id uuid not null,
  work_id uuid not null,
  on_day date not null,
  condition text not null check (condition in ('good', 'fair', 'poor', 'unsafe')),
  at_standard boolean not null,
  length_m int check (length_m > 0),
  hardened_m int check (hardened_m between 0 and length_m),
  surface text check (surface in ('concrete', 'asphalt', 'gravel', 'earth')),
  wifi boolean,
  note text,
  replaces uuid,
  at timestamptz not null,
  by_actor text not null,
  primary key (commune_id, id),
  foreign key (commune_id, work_id) references places_work (commune_id, id),
  foreign key (commune_id, replaces) references places_inspection (commune_id, id)
);
comment on table places_inspection is 'How a work stood on a day, only ever added to. The newest one up to a day tells how it stood then.';
comment on column places_inspection.replaces is 'The inspection that was entered wrongly: it no longer counts.';
create index on places_inspection (commune_id, work_id, on_day);
create unique index on places_inspection (commune_id, replaces);
select tenant_table('places_inspection', 'select, insert');

create table places_money (
  commune_id int not null references commune,
  id uuid not null,
  work_id uuid not null,
  kind text not null check (kind in ('cost', 'contribution')),
  on_day date not null,
  what text not null,
  source text not null check (source in ('state', 'people', 'other')),
  form text not null check (form in ('money', 'labour', 'land', 'material')),
  quantity numeric(12, 2) check (quantity > 0),
  amount bigint not null check (amount >= 0),
  replaces uuid,
  at timestamptz not null,
  by_actor text not null,
  primary key (commune_id, id),
  foreign key (commune_id, work_id) references places_work (commune_id, id),
  foreign key (commune_id, replaces) references places_money (commune_id, id)
);
comment on table places_money is 'What a work cost and what was contributed to it, only ever added to. Names of givers do not stand here.';
comment on column places_money.quantity is 'Days of labour, or square metres of land, where it was not money.';
comment on column places_money.amount is 'Whole đồng; the estimated worth of what was not money.';
comment on column places_money.replaces is 'The row that was entered wrongly: it no longer counts.';
create index on places_money (commune_id, work_id);
create unique index on places_money (commune_id, replaces);
select tenant_table('places_money', 'select, insert');

create table places_photo (
  commune_id int not null references commune,
  id uuid not null,
  work_id uuid not null,
  hash text not null,
  size int not null,
  media_type text not null,
  caption text,
  taken_on date not null,
  public boolean not null,
  at timestamptz not null,
  by_actor text not null,
  primary key (commune_id, id),
  foreign key (commune_id, work_id) references places_work (commune_id, id)
);
comment on table places_photo is 'Photographs of works. Public ones only where an official said that nobody can be recognised.';
create index on places_photo (commune_id, work_id);
select tenant_table('places_photo');

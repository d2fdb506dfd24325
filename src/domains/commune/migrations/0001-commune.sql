-- The commune itself: units with validity dates, hamlets, office hours, days off, settings, announcements.

create table commune_unit (
  commune_id int not null references commune,
  id uuid not null,
  official_code text not null,
  name text not null,
  district text,
  province text not null,
  valid_from date,
  valid_to date,
  successor_code text,
  source text not null,
  verified boolean not null default false,
  primary key (commune_id, id)
);
comment on table commune_unit is 'Administrative units that this commune is or was (Tức Tranh 05641 became part of xã Vô Tranh on 1/7/2025), with validity.';
select tenant_table('commune_unit');

create table commune_hamlet (
  commune_id int not null references commune,
  id uuid not null,
  slug text not null,
  name text not null,
  demo_name boolean not null default false,
  position int not null default 0,
  valid_from date,
  valid_to date,
  primary key (commune_id, id),
  unique (commune_id, slug)
);
comment on column commune_hamlet.demo_name is 'The name is a stand-in of the demo, not an official hamlet name.';
select tenant_table('commune_hamlet');

create table commune_office_hours (
  commune_id int not null references commune,
  id uuid not null,
  valid_from date not null,
  week jsonb not null,
  source text not null,
  verified boolean not null default false,
  primary key (commune_id, id),
  unique (commune_id, valid_from)
);
comment on column commune_office_hours.week is 'ISO weekday (1 Monday … 7 Sunday) → list of [open, close] in local HH:MM.';
select tenant_table('commune_office_hours');

create table commune_special_day (
  commune_id int not null references commune,
  day date not null,
  kind text not null check (kind in ('off', 'worked')),
  name text not null,
  name_en text not null,
  source text not null,
  mark text not null,
  verified boolean not null default false,
  decreed_on date,
  recorded_at timestamptz not null default now(),
  primary key (commune_id, day)
);
comment on table commune_special_day is 'Days off besides weekends, and weekend days that are worked (hoán đổi, làm bù), each with its source letter.';
select tenant_table('commune_special_day');

create table commune_announcement (
  commune_id int not null references commune,
  id uuid not null,
  kind text not null check (kind in ('news', 'downtime', 'urgent')),
  title text not null,
  body text not null,
  title_en text,
  body_en text,
  published_at timestamptz not null,
  expires_at timestamptz,
  downtime_from timestamptz,
  downtime_to timestamptz,
  created_by text not null,
  primary key (commune_id, id)
);
comment on column commune_announcement.downtime_from is 'Planned downtime is announced at least 7 working days ahead (NĐ 224/2026 art. 13).';
create index on commune_announcement (commune_id, published_at desc);
select tenant_table('commune_announcement');

create table commune_setting (
  commune_id int not null references commune,
  key text not null,
  value jsonb not null,
  changed_at timestamptz not null default now(),
  primary key (commune_id, key)
);
comment on table commune_setting is 'Small settings of a commune: address, telephone, e-mail, introduction, quiet hours.';
select tenant_table('commune_setting');

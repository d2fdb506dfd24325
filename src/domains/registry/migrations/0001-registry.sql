-- People as far as dossiers need them: residents, officials, duty roster and absence.

create table registry_resident (
  commune_id int not null references commune,
  id uuid not null,
  full_name text not null,
  search_text text not null,
  birth_date date,
  sex text check (sex in ('male', 'female', 'other')),
  national_id text check (national_id ~ '^[0-9]{12}$'),
  phone text,
  hamlet_id uuid,
  address text,
  deceased_on date,
  demo boolean not null default false,
  created_at timestamptz not null default now(),
  primary key (commune_id, id),
  unique (commune_id, national_id),
  foreign key (commune_id, hamlet_id) references commune_hamlet (commune_id, id)
);
comment on column registry_resident.full_name is 'Họ, chữ đệm và tên. @personal';
comment on column registry_resident.birth_date is 'Ngày sinh. @personal';
comment on column registry_resident.national_id is 'Số định danh cá nhân, 12 digits; found by exact match only. @personal';
comment on column registry_resident.phone is 'In +84 form. @personal';
comment on column registry_resident.address is 'House and lane inside the hamlet. @personal';
comment on column registry_resident.search_text is 'The folded name (no accents, lower case). @personal';
create index on registry_resident (commune_id, hamlet_id);
create index on registry_resident (commune_id, phone);
select tenant_table('registry_resident');

create table registry_official (
  commune_id int not null references commune,
  id uuid not null,
  user_id text,
  full_name text not null,
  search_text text not null,
  post text not null,
  post_en text,
  unit text not null,
  phone text,
  email text,
  zalo text,
  hamlet_id uuid,
  term_from date not null,
  term_to date,
  public boolean not null default true,
  position int not null default 0,
  demo boolean not null default false,
  primary key (commune_id, id),
  foreign key (commune_id, hamlet_id) references commune_hamlet (commune_id, id)
);
comment on table registry_official is 'Officials of the commune and hamlets: post, term, public telephone (NĐ 61/2018 art. 9.7). One row per term.';
comment on column registry_official.user_id is 'The sign-in of this official, if any.';
comment on column registry_official.unit is 'Part of the commune: ubnd, one_stop, police, hamlet …';
create index on registry_official (commune_id, user_id);
select tenant_table('registry_official');

create table registry_duty (
  commune_id int not null references commune,
  id uuid not null,
  official_id uuid not null,
  day date not null,
  note text,
  primary key (commune_id, id),
  unique (commune_id, day, official_id),
  foreign key (commune_id, official_id) references registry_official (commune_id, id)
);
comment on table registry_duty is 'Who is on duty at the commune on a day.';
select tenant_table('registry_duty');

create table registry_absence (
  commune_id int not null references commune,
  id uuid not null,
  official_id uuid not null,
  from_day date not null,
  to_day date not null check (to_day >= from_day),
  covered_by uuid,
  reason text,
  primary key (commune_id, id),
  foreign key (commune_id, official_id) references registry_official (commune_id, id),
  foreign key (commune_id, covered_by) references registry_official (commune_id, id)
);
comment on table registry_absence is 'Absence of an official and who covers: the cover sees and may handle the absent one''s dossiers.';
create index on registry_absence (commune_id, official_id, from_day);
select tenant_table('registry_absence');

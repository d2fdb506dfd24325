-- Producers and businesses: who they are, who belongs to them, what they hold, what they agreed to show. Every
-- span of days names its last day, which still belongs to it.

-- One span at a time is also held by the database: the constraints below need equality beside overlap.
create extension if not exists btree_gist;

create table producers_producer (
  commune_id int not null references commune,
  id uuid not null,
  kind text not null check (kind in ('cooperative', 'group', 'household_business', 'enterprise')),
  name text not null,
  slug text not null,
  search_text text not null,
  registration_number text,
  hamlet_id uuid,
  address text,
  head_name text,
  phone text,
  email text,
  website text,
  about text,
  about_en text,
  trades text[] not null default '{}',
  from_day date not null,
  last_day date check (last_day >= from_day),
  version int not null default 1,
  demo boolean not null default false,
  created_at timestamptz not null,
  primary key (commune_id, id),
  unique (commune_id, slug),
  foreign key (commune_id, hamlet_id) references commune_hamlet (commune_id, id)
);
comment on table producers_producer is 'Cooperatives (HTX), cooperative groups (tổ hợp tác), household businesses (hộ kinh doanh) and enterprises.';
comment on column producers_producer.slug is 'For the public address: the first name''s words without accents. Never changes.';
comment on column producers_producer.registration_number is 'Number of the business or cooperative registration, or tax code.';
comment on column producers_producer.address is 'House and lane. @personal';
comment on column producers_producer.head_name is 'Director, head of the group, owner. @personal';
comment on column producers_producer.phone is 'In +84 form. @personal';
comment on column producers_producer.email is '@personal';
comment on column producers_producer.search_text is 'Folded name, head and registration number. @personal';
comment on column producers_producer.trades is 'Codes of catalog/trades.json; the first is the main one.';
comment on column producers_producer.last_day is 'The last day of its existence; null while it works.';
comment on column producers_producer.version is 'Counts the changes: a form that was opened before another change is refused.';
create index on producers_producer (commune_id, kind);
create index on producers_producer (commune_id, hamlet_id);
select tenant_table('producers_producer', 'select, insert, update');

create table producers_standard (
  commune_id int not null references commune,
  id uuid not null,
  producer_id uuid not null,
  standard text not null check (standard in ('vietgap', 'organic')),
  from_day date not null,
  last_day date check (last_day >= from_day),
  source text,
  primary key (commune_id, id),
  foreign key (commune_id, producer_id) references producers_producer (commune_id, id),
  exclude using gist (commune_id with =, producer_id with =, daterange(from_day, last_day, '[]') with &&)
);
comment on table producers_standard is 'The standard by which a producer''s members work, from when to when; one at a time.';
select tenant_table('producers_standard', 'select, insert, update');

create table producers_member (
  commune_id int not null references commune,
  id uuid not null,
  producer_id uuid not null,
  member_key text not null,
  household_id uuid,
  resident_id uuid,
  name text not null,
  search_text text not null,
  hamlet_id uuid,
  from_day date not null,
  last_day date check (last_day >= from_day),
  demo boolean not null default false,
  primary key (commune_id, id),
  foreign key (commune_id, producer_id) references producers_producer (commune_id, id),
  foreign key (commune_id, hamlet_id) references commune_hamlet (commune_id, id),
  exclude using gist (commune_id with =, producer_id with =, member_key with =, daterange(from_day, last_day, '[]') with &&)
);
comment on table producers_member is 'Who belonged to which producer when: a household, a person, or a name only. In several at once, in the same one once at a time.';
comment on column producers_member.member_key is 'Who it is: household:<id>, resident:<id>, or name:<hamlet>:<folded name>. @personal';
comment on column producers_member.household_id is 'A household of the registry room, by its plain id.';
comment on column producers_member.resident_id is 'A resident of the registry room, by its plain id.';
comment on column producers_member.name is 'As entered. @personal';
comment on column producers_member.search_text is 'The folded name. @personal';
create index on producers_member (commune_id, producer_id);
create index on producers_member (commune_id, member_key);
select tenant_table('producers_member', 'select, insert, update');

create table producers_certificate (
  commune_id int not null references commune,
  id uuid not null,
  producer_id uuid not null,
  kind text not null,
  number text not null,
  issuer text not null,
  scope text,
  stars int check (stars between 1 and 5),
  valid_from date not null,
  valid_to date check (valid_to >= valid_from),
  revoked_on date,
  revoked_why text,
  file_hash text,
  file_size int,
  file_type text,
  file_name text,
  demo boolean not null default false,
  created_at timestamptz not null,
  primary key (commune_id, id),
  unique (commune_id, producer_id, kind, number),
  foreign key (commune_id, producer_id) references producers_producer (commune_id, id)
);
comment on table producers_certificate is 'Licences and certificates of a producer, each with number, issuer, scope and days.';
comment on column producers_certificate.valid_to is 'The last valid day; null for papers without an end.';
comment on column producers_certificate.revoked_on is 'The first day on which it holds no more.';
create index on producers_certificate (commune_id, producer_id);
create index on producers_certificate (commune_id, valid_to);
select tenant_table('producers_certificate', 'select, insert, update');

create table producers_reminder (
  commune_id int not null references commune,
  certificate_id uuid not null,
  valid_to date not null,
  days_before int not null,
  told_at timestamptz not null,
  primary key (commune_id, certificate_id, valid_to, days_before),
  foreign key (commune_id, certificate_id) references producers_certificate (commune_id, id)
);
comment on table producers_reminder is 'Which reminders of an expiry were told; each once.';
select tenant_table('producers_reminder', 'select, insert');

create table producers_consent (
  commune_id int not null references commune,
  id uuid not null,
  producer_id uuid not null,
  parts text[] not null,
  wording text not null,
  given_by text not null,
  given_at timestamptz not null,
  withdrawn_at timestamptz,
  primary key (commune_id, id),
  foreign key (commune_id, producer_id) references producers_producer (commune_id, id)
);
comment on table producers_consent is 'What a producer agreed to show publicly: one consent holds at a time, withdrawn ones are kept.';
comment on column producers_consent.parts is 'profile, head, contact: nothing is public that is not named here.';
comment on column producers_consent.wording is 'Version of the text that was agreed to.';
comment on column producers_consent.given_by is 'Who agreed for the producer. @personal';
create unique index on producers_consent (commune_id, producer_id) where withdrawn_at is null;
select tenant_table('producers_consent', 'select, insert, update');

create table producers_craft_village (
  commune_id int not null references commune,
  id uuid not null,
  hamlet_id uuid not null,
  name text not null,
  trade text not null,
  decision_number text not null,
  decision_issuer text not null,
  recognised_on date not null,
  last_day date check (last_day >= recognised_on),
  withdrawal_decision text,
  verified boolean not null default false,
  demo boolean not null default false,
  primary key (commune_id, id),
  foreign key (commune_id, hamlet_id) references commune_hamlet (commune_id, id),
  exclude using gist (commune_id with =, hamlet_id with =, trade with =, daterange(recognised_on, last_day, '[]') with &&)
);
comment on table producers_craft_village is 'Hamlets recognised as craft villages (làng nghề), each by its decision.';
comment on column producers_craft_village.verified is 'The decision itself was seen.';
select tenant_table('producers_craft_village', 'select, insert, update');

create table producers_income (
  commune_id int not null references commune,
  id uuid not null,
  year int not null check (year between 1990 and 2200),
  hamlet_id uuid,
  amount_dong bigint not null check (amount_dong > 0),
  source text not null,
  stated_on date not null,
  verified boolean not null default false,
  primary key (commune_id, id),
  unique nulls not distinct (commune_id, year, hamlet_id, source, stated_on),
  foreign key (commune_id, hamlet_id) references commune_hamlet (commune_id, id)
);
comment on table producers_income is 'Income per person of a year as sources state it, side by side; of a hamlet, or of the commune when hamlet_id is null.';
comment on column producers_income.amount_dong is 'Whole đồng a person a year.';
comment on column producers_income.stated_on is 'The day on which the source said so.';
select tenant_table('producers_income', 'select, insert, delete');
